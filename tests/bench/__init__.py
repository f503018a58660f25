"""What the application costs, as ratios in one run: `make bench`. `table.py` is the list of what is measured, `report.py` writes docs/performance.md.

    make bench                       # S (the demonstration) and M (70 offices), on SQLite and on PostgreSQL
    make bench ONLY="worksheet pages" DATABASES=sqlite
    make bench SIZE=L                # 7,000 offices beside them; hours, and some 20 GB

Whatever is measured runs in processes of its own with a database of its own (`worker.py`, `places.py`); the process that asks them knows no Django, so
that it can ask two of them in turns. It leans on addresses, commands and models, so that it runs as it is in an older checkout, too.
"""
