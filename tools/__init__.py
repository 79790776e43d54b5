"""Tools that make what the product ships."""
