// <probity-receipts>
