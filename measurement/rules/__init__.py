"""What holds: the SOP as one table, the formulas, who may, what is missing, how numbers and dates are written. Pure: no database."""
