"""What keeps an installation through the years: backups, putting them back, and moving to the other kind of database.

The database is copied first and the files after it. A file is written before the record that names it commits, and is never changed or taken away
afterwards (files/storing.py), so every file that the copied records name is there when its turn comes; what is added meanwhile is not missed.
"""
