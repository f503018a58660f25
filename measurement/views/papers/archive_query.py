"""What is asked of the archive, and of which periods there is anything."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from measurement.models import MeasurementCycle, Person, Prepared
from measurement.models.reading import listed_for
from measurement.rules.numbers import parse_key
from measurement.rules.periods import KEYS, Frequency, Period
from measurement.rules.search_terms import LONGEST_QUERY, terms_of
from measurement.rules.sop import State


@dataclass(frozen=True)
class ArchiveQuery:
    """What the address asks for; an unknown value counts as if it weren't there."""

    given: dict[str, str]

    @classmethod
    def of(cls, request) -> "ArchiveQuery":
        names = ("q", "indikator", "tahun", "periode", "jenis", "tanda", "masa")
        return cls({name: " ".join(request.GET.get(name, "").replace("\x00", "").split()) for name in names})

    @cached_property
    def terms(self) -> list[str]:
        return terms_of(self.given["q"])

    @property
    def indicator(self) -> str:
        return self.given["indikator"][:LONGEST_QUERY]

    @property
    def year(self) -> int | None:
        return parse_key(self.given["tahun"][:4])

    @property
    def period(self) -> Period | None:
        return KEYS.get(self.given["periode"])

    @property
    def overdue(self) -> bool:
        return self.given["masa"] == "lewat"

    @property
    def among_papers(self) -> bool:
        """Whether something is asked that only papers can answer."""
        return any(self.given[name] for name in ("q", "indikator", "jenis", "tanda"))

    @property
    def said(self) -> list[str]:
        """What is marked in what was found."""
        return [*self.terms, *([self.indicator.lower()] if self.indicator else [])]

    def on_cycle(self, prefix: str = "") -> dict:
        of_year = {f"{prefix}year": self.year} if self.year else {}
        if not self.period:
            return of_year
        return {**of_year, f"{prefix}frequency": self.period.frequency, f"{prefix}number": self.period.number}


class MeasuredPeriod(NamedTuple):
    """A period in which this person's offices measured, and how many of its cycles are archived."""

    year: int
    frequency: str
    number: int
    archived: int

    @property
    def period(self) -> Period:
        return Period(Frequency(self.frequency), self.number)

    def is_wanted(self, wanted: ArchiveQuery) -> bool:
        return all(getattr(self, name) == value for name, value in wanted.on_cycle().items())


def _measured_in(person: Person, office: int | None) -> QuerySet:
    """The newest year first."""
    visible = MeasurementCycle.objects.visible_to(person).filter(listed_for(person, office))
    cycles = visible.standing().order_by("-year", "frequency", "number")
    archived = Count("pk", filter=Q(state=State.ARSIP))
    return (
        cycles.values("year", "frequency", "number")
        .annotate(archived=archived)
        .values_list(*MeasuredPeriod._fields)
    )


MEASURED_IN = Prepared(_measured_in)
