"""Spreadsheets: one file per workbook. Only these modules know openpyxl and import_export; both are heavy, so views import them where they use them."""
