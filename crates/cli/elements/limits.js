// <probity-limits>
