"""The checker of published tables, a wing of its own: percentages held against the table that they stand in."""
