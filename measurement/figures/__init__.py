"""The calculation: a cycle's rows through the formulas, and what is said about the figures. The same call behind page, paper and workbook."""
