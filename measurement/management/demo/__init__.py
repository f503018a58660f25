"""The demonstration office: invented accounts, a published plan of another kecamatan, one archived quarter and one under way."""
