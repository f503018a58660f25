"""The plan of an office: its approval and revisions, its import from tables, the planning documents beside it, and where they disagree."""
