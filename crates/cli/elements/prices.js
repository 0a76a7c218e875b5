// <probity-prices>
