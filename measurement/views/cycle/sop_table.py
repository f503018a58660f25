"""The table of the SOP for one cycle: each step with its actor, its times in every round, its paper, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from measurement.addresses import reverse
from measurement.doors import measuring
from measurement.figures.step_times import kept_words, total_spent, visit_of
from measurement.models import MeasurementCycle, Paper, Stay
from measurement.papers import KINDS
from measurement.rules.dates import long_date, moment, working_time
from measurement.rules.deadlines import WorkCalendar
from measurement.rules.sop import ACTORS, DECISION, REWORK, SEND_BACK, STEP_BY_STATE, State, Step

from ..start.deadline_words import NO_DEADLINE

DOTS = {
    "selesai": ("dot-full", "sudah melaksanakan"),
    "berjalan": ("dot-current", "sedang melaksanakan"),
    "belum": ("dot-empty", "akan melaksanakan"),
    State.DICABUT.value: ("dot-empty", "tidak jadi melaksanakan"),
}


def times_of(stay: Stay, calendar: WorkCalendar) -> dict:
    """How long one stay took, and by how much that is too long."""
    visit, per_day = visit_of(stay, calendar), stay.minutes_per_day(calendar)
    actual = working_time(visit.spent, per_day)
    return {"round": stay.round, "actual": actual, "over": over_words(visit.over, per_day)}


def over_words(minutes: int, minutes_per_day: int) -> str:
    return f"lewat {working_time(minutes, minutes_per_day)}" if minutes else ""


@dataclass(frozen=True)
class SopTable:
    """What the table is made of."""

    cycle: MeasurementCycle
    stays: list[Stay]
    papers: list[Paper]
    is_late: bool

    def groups(self) -> list[dict]:
        """The steps that are done, the current one, and those to come: on a phone the first and the last are folded."""
        named = {key: [step for step in self._steps() if self._where(step) == key] for key in DOTS}
        return [
            {
                "title": _range(steps, key),
                "steps": [self._line(step, key) for step in steps],
                "current": key == "berjalan",
            }
            for key, steps in named.items()
            if steps
        ]

    def _steps(self) -> Iterable[Step]:
        """Those of the SOP; of a closed cycle those that it took, whatever the SOP has got since."""
        taken = {stay.step for stay in self.stays}
        steps = self.cycle.sop.steps
        return steps if self.cycle.step else [step for step in steps if step.key in taken]

    def _where(self, step: Step) -> str:
        if self.cycle.is_withdrawn:
            return State.DICABUT.value if step.number >= self.stays[-1].sop_step.number else "selesai"
        here = self.cycle.step
        if here is None or step.number < here.number:
            return "selesai"
        return "berjalan" if step == here else "belum"

    def _line(self, step: Step, key: str) -> dict:
        """One row. A step that waits for its next round can be read already."""
        stays = [stay for stay in self.stays if stay.step == step.key]
        icon, word = DOTS[key]
        return {
            "number": step.number,
            "activity": step.activity,
            "url": reverse("step", args=[self.cycle.pk, step.number]) if stays else "",
            "key": key,
            "actors": [
                {
                    "label": self.cycle.sop.label(actor),
                    "icon": icon if actor == step.actor else "",
                    "word": word,
                }
                for actor in ACTORS
            ],
            "standard": step.standard_label,
            "due": self._due_words() if key == "berjalan" else "",
            "planned": self._planned(step, key, stays),
            "state": self._state(key),
            "remark": self._remark(step, key, stays),
            "branches": _branches(stays) if step == DECISION else [],
            **self._times(stays),
            **self._output(step),
        }

    def _state(self, key: str) -> dict:
        if key == "berjalan" and self.is_late:
            return {"key": "terlambat", "label": "Terlambat"}
        if key == State.DICABUT:
            return {"key": "belum", "label": "Dicabut"}
        return {"key": key, "label": key.capitalize()}

    def _due_words(self) -> str:
        open_stay = next((stay for stay in self.stays if stay.left_at is None), None)
        if open_stay is None:
            return ""
        calendar = self.cycle.unit.calendar
        if open_stay.lacks_clock(calendar):
            return NO_DEADLINE
        due = open_stay.due(calendar)
        return moment(due) if due else ""

    def _planned(self, step: Step, key: str, stays: list[Stay]) -> str:
        """The office's own day of a step to come, whose the deadline of the present one is, and how it was kept by one that is done."""
        if key == "berjalan" and stays:
            found = stays[-1].deadline(self.cycle.unit.calendar)
            return found.basis if found.is_own else ""
        if key == "selesai":
            return kept_words(stays, self.cycle.unit.calendar)
        day = self.cycle.planned_dates.get(step.key) if key == "belum" else None
        if day is None or (self.cycle.round > 1 and day < timezone.localdate()):
            return ""  # the schedule was made for the first round
        return f"jadwal {long_date(day)}"

    def _remark(self, step: Step, key: str, stays: list[Stay]) -> str:
        if key == "berjalan" and self.cycle.state in (State.PENGUKURAN, State.EVALUASI):
            done, total = measuring.progress(self.cycle)
            return f"{done} dari {total} indikator terkirim"
        if key == "belum" and stays:
            return f"menunggu putaran {self.cycle.round}"
        return f"putaran {self.cycle.round}" if key == "berjalan" and self.cycle.round > 1 else ""

    def _times(self, stays: list[Stay]) -> dict:
        """Working time really spent, over all rounds and in each, and by how much the standard was passed."""
        calendar = self.cycle.unit.calendar
        per_day = stays[0].minutes_per_day(calendar) if stays else calendar.minutes_on(timezone.localdate())
        visits = [visit_of(stay, calendar) for stay in stays]
        spent, over = total_spent(visits), sum(visit.over for visit in visits)
        return {
            "actual": working_time(spent, per_day) if stays else "",
            "over": over_words(over, per_day),
            "rounds": [times_of(stay, calendar) for stay in stays] if len(stays) > 1 else [],
        }

    @cached_property
    def _papers_by_kind(self) -> dict[str, list[Paper]]:
        found: dict[str, list[Paper]] = {}
        for paper in self.papers:
            found.setdefault(paper.kind, []).append(paper)
        return found

    def _output(self, step: Step) -> dict:
        """The newest valid paper by its own name and number; before there is one, what the SOP calls it."""
        issued = self._papers_by_kind.get(step.output, [])
        valid = next((paper for paper in reversed(issued) if paper.is_valid), None)
        return {
            "output": KINDS[step.output].title.removesuffix(" Data Kinerja") if valid else step.output_name,
            "paper": reverse("paper", args=[valid.pk]) if valid else "",
            "paper_number": valid.number if valid else "",
            "other_papers": len(issued) - bool(valid),
        }


def _range(steps: list[Step], key: str) -> str:
    first, last = steps[0].number, steps[-1].number
    return f"Langkah {first}–{last} {key}" if first < last else f"Langkah {first} {key}"


def _branches(stays: list[Stay]) -> list[dict]:
    """Both ways that lead on from the decision, and those that were taken."""
    returned = sum(stay.action == SEND_BACK for stay in stays)
    approved = any(stay.action == DECISION.key for stay in stays)
    onward, back = STEP_BY_STATE[DECISION.target].number, REWORK.number
    return [
        {"icon": "check", "words": f"{'disetujui' if approved else 'setuju'} → {onward}", "taken": approved},
        {
            "icon": "return-arrow",
            "words": f"{f'dikembalikan {returned} kali' if returned else 'kembali'} → {back}",
            "taken": returned > 0,
        },
    ]
