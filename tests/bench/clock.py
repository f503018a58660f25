"""The clock of what is measured stands at the same day in every run; it goes on."""

from datetime import datetime

import time_machine

BUILT = "2026-11-30T14:00:00+07:00"  # a Monday, in working hours
READ = "2026-11-30T15:30:00+07:00"


def set_clock(moment: str) -> None:
    """From now on it is this moment in this process. Its CPU clock isn't touched."""
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()
