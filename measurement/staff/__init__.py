"""The people of an office by file: read, compared with who is there, shown, and written whole or not at all; and their first passwords."""
