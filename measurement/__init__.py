"""The measurement of performance data (Pengukuran Data Kinerja). Which file answers which question:

sop.py            what the SOP says: the one table of eleven steps, and the small machine of a worksheet row
numbers.py        how people write and read numbers: one strict parser, one way to print
formulas.py       the numbers: capaian, quarters to date, means, serapan, predicate
plan_years.py     targets and realisasi over the quarters of a year and the years of a plan
printed.py        numbers as published documents print them: every reading a text may have
published.py      published percentages held against their own table: equal, rounded, different
deadlines.py      the clock in working minutes
permissions.py    who may
requirements.py   what is missing before a step may be left
transitions.py    how a cycle moves: the state machine, read from the table
models/           where everything is kept
guards.py         what the database itself refuses
conventions.py    what an office decided about its figures, in words
calculation.py    the one calculation behind screen, paper and Excel
series.py         several cycles side by side: which one speaks for a quarter, and the same branch in each of them
pace.py           the time that steps took against the standard times of the SOP
line_chart.py     lines over the quarters as geometry
e81.py            Form E.81: each line's columns 6 to 15, and its closing rows
radar/            where the plan contradicts itself or the planning documents
hints.py          anomalies that somebody should look at twice; they never block
explain.py        how each figure came about, in words
documents/        one file per official paper; only render.py knows WeasyPrint
signing/          who may sign how: the office's own keys, the certified provider, ink; and what a signed file is worth
archiving/        packages of step 11 (BagIt), their check, retention, search, and handing over a year; only it knows bagit
spreadsheets/     one file per workbook; only these know openpyxl and import_export
words.py          moments and spans of time in words
sought.py         what people type into a search box: words, phrases, quarters
guide/            the help: how each job is done, which page it belongs to, and what the terms mean
audit.py          writing and checking the audit trail
refusals.py       what the doors raise when something can't be done
files/            how uploads are checked and kept: PDF, pictures and office files by their bytes
notifications.py  what people are told, one function per message
coverage.py       who has filled in what of a worksheet, and the text that reminds them
asked.py          whom a cycle waits for now, and for what exactly
reminders.py      when somebody is reminded, in working hours
mailing.py        how messages go out by e-mail, never twice and never lost with a server that is down
freezing.py       how the plan's definitions come into the worksheet
revising.py       the plan once it is approved: who approves it, and revisions with their basis
rounds.py         returns with arahan, snapshots of rounds and their differences
measuring.py      how rows of the worksheet move: save, send, accept, return, excuse
workflow.py       the one door through which every cycle moves
handing_over.py   how indicators, money and open rows go from one person to another
voiding.py        papers that are withdrawn and issued again, and numbers used outside the system
views/ forms/     the pages; urls.py is their map
"""
