"""The demonstration office: invented accounts, a published plan of another kecamatan, one archived period and one under way."""
