"""Every write of a cycle: `workflow.perform` moves it, `measuring` its rows; and of what an office sets: hours, days off, scales, retention.

Each door locks, checks, writes, records and tells.
"""
