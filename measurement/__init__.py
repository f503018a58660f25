"""The measurement of performance data (Pengukuran Data Kinerja), in rooms. A room imports only from those below it in this list:

views/ forms/   the pages, in folders by the place that people go to; urls.py is their map
api/            the read-only API for machines: tokens, shapes, its OpenAPI document; loaded with the first call
doors/          every write of a cycle: workflow (the one door), worksheet rows, papers withdrawn and signed, handing over; and of an office's settings
safekeeping/    backups, putting them back, moving to the other kind of database
messages/       whom a cycle waits for, what people are told and when they are reminded
archiving/      packages of step 11, their check, search, and handing over a year
signing/        the ways of signing a paper, and what a signed file is worth
papers/         one file per official paper; render.py has them made by workers/typesetting, which alone knows WeasyPrint
staff/          the people of an office by file, and their first passwords
plan/           the plan's revisions, import, planning documents, and where they disagree
published/      the checker of published tables, a wing of its own
spreadsheets/   one file per workbook
record/         what is kept of a cycle: audit trail, freezing, rounds, posts
files/          how uploads are checked and kept
figures/        the one calculation behind page, paper and workbook; explanations, hints, Form E.81
guide/          the help: how each job is done, and what the terms mean
models/         where everything is kept, how a cycle moves, what the database itself refuses
workers/        processes of their own with limits, warm before an order comes; typesetting makes the PDFs
rules/          what holds: the SOP, numbers, formulas, deadlines, who may, what is missing; no database

Begin with rules/sop.py and doors/workflow.py.
"""
