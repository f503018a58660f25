"""Every write of a cycle: `workflow.perform` moves it, `measuring` its rows; each door locks, checks, writes, records and tells."""
