"""The help in the words of one office: its slots filled, its standard times."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from measurement.rules.sop_edition import Sop

from .job import Job
from .jobs import PARTS
from .steps import STEP_JOBS, step_jobs
from .terms import TERM_GROUPS, Term

Row = TypeVar("Row", Job, Term)


@dataclass(frozen=True)
class OfficeGuide:
    """The help as an office with this SOP reads it."""

    sop: Sop

    @property
    def parts(self) -> list[tuple[str, str, list[Job]]]:
        """The jobs in the order of the page: key and title of each part, with its jobs."""
        own_steps = step_jobs(self.sop.steps)
        return [
            (key, title, [self._worded(job) for job in (own_steps if jobs is STEP_JOBS else jobs)])
            for key, title, jobs in PARTS
        ]

    @property
    def jobs(self) -> list[Job]:
        return [job for _, _, jobs in self.parts for job in jobs]

    @property
    def term_groups(self) -> list[tuple[str, list[Term]]]:
        return [(title, [self._worded(term) for term in terms]) for title, terms in TERM_GROUPS]

    @property
    def terms(self) -> list[Term]:
        return [term for _, terms in self.term_groups for term in terms]

    def _worded(self, row: Row) -> Row:
        said: dict[str, Any] = {field.name: self._said(getattr(row, field.name)) for field in fields(row)}
        return replace(row, **said)

    def _said(self, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, str):
            return self.sop.say(value)
        return tuple(self.sop.say(line) for line in value)
