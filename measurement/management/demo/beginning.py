"""Steps 1 to 4 of a cycle of the demonstration office: order, briefing, minutes and plan, methodology."""

from datetime import date, datetime, timedelta
from typing import Self

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measurement import files
from measurement.doors import workflow
from measurement.doors.smart_decisions import Judgement, decide_smart
from measurement.models import (
    MeasurementCycle,
    Person,
    Plan,
    ReferenceDocument,
    ScheduledStep,
    SmartDecision,
    Unit,
)
from measurement.rules.smart import not_smart
from measurement.rules.sop import (
    BRIEF,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    REFERENCE_DOCUMENTS,
    SCHEDULED_STEPS,
)

from . import signing, words
from .clock import Clock, at
from .pdf import small_pdf

YEAR = 2026


class Beginning:
    """One cycle on its way; `clock` says when the next act happens."""

    def __init__(self, cycle: MeasurementCycle, start: datetime):
        self.cycle, self.unit, self.number = cycle, cycle.unit, cycle.number
        self.clock = Clock(start, cycle.unit.calendar)

    @classmethod
    def ordered(cls, unit: Unit, number: int, start: datetime) -> Self:
        """From the Camat's order on."""
        camat, plan = Person.objects.get(username="camat"), Plan.objects.get(unit=unit)
        with at(start):
            cycle = workflow.open_cycle(unit, plan, YEAR, number, camat, words.INSTRUCTION[number])
            signing.sign_papers(cycle)
        return cls(cycle, start)

    def person(self, username: str) -> Person:
        return Person.objects.get(username=username)

    def write(self, username: str, write) -> None:
        """Keep what a step's actor writes, from the page as it is now."""
        cycle = self.fresh()
        workflow.save_step(cycle, self.person(username), cycle.version, write)

    def texts(self, username: str, **texts: str) -> None:
        def write(cycle):
            for name, text in texts.items():
                setattr(cycle, name, text.format(period=cycle.period))

        self.write(username, write)

    def perform(self, minutes: int, username: str, action: str) -> None:
        with self.clock.pass_minutes(minutes):
            workflow.perform(self.fresh(), action, self.person(username))
            signing.sign_papers(self.cycle)

    def fresh(self) -> MeasurementCycle:
        return MeasurementCycle.objects.select_related("unit", "plan").get(pk=self.cycle.pk)

    # steps 1 to 4

    def prepare(self) -> None:
        """Briefing, minutes and plan, methodology."""
        with self.clock.pass_minutes(15):
            self.write("sekcam", self._set_meeting)
        self.perform(40, "sekcam", BRIEF.key)
        with self.clock.pass_minutes(100):
            self.write("tim1", self._write_minutes)
        self.perform(45, "tim1", PLAN_ACTIVITIES.key)
        with self.clock.pass_minutes(200):
            self.write("tim1", self._settle_references)
            self.texts("tim1", method_note=words.METHOD_NOTE)
            self._decide_smart("tim1")
        self.perform(210, "tim1", PREPARE_METHOD.key)

    def _decide_smart(self, username: str) -> None:
        """The chair decides on the indicator that is not SMART: the first time to revise it, then once more, with the same words."""
        cycle = self.fresh()
        judgements = [
            Judgement(indicator.pk, SmartDecision.Verdict.REVISED, words.SMART_REASON, date(YEAR, 12, 31))
            for indicator in not_smart(cycle)
        ]
        decide_smart(cycle.pk, self.person(username), judgements)

    def _set_meeting(self, cycle: MeasurementCycle) -> None:
        meeting = cycle.meeting
        meeting.starts_at = self.clock.moment
        meeting.place, meeting.agenda = (
            "Ruang rapat Kecamatan Dawarblandong",
            f"Persiapan pengukuran data kinerja {cycle.period}",
        )
        meeting.briefing = words.BRIEFING
        meeting.save()

    def _write_minutes(self, cycle: MeasurementCycle) -> None:
        meeting = cycle.meeting
        meeting.discussion, meeting.decisions = words.DISCUSSION, words.DECISIONS
        meeting.save()
        meeting.attendees.set(Person.objects.filter(username__in=("sekcam", "tim1", "tim2", "tim3", "tim4")))
        day = timezone.localtime(self.clock.moment)
        for position, step in enumerate(SCHEDULED_STEPS):
            days = words.SCHEDULE[min(position, len(words.SCHEDULE) - 1)]
            ScheduledStep.objects.create(cycle=cycle, step=step.key, date=self._workday(day, days))

    def _workday(self, day: datetime, after: int):
        while after:
            day += timedelta(days=1)
            after -= bool(self.unit.calendar.spans(day.date()))
        return day.date()

    def _settle_references(self, cycle: MeasurementCycle) -> None:
        """Four files and two explanations in the first period; later cycles of the year take them over."""
        if cycle.reference_documents.exists():
            return
        for kind, label in REFERENCE_DOCUMENTS.items():
            if kind in words.NO_REFERENCE:
                ReferenceDocument.objects.create(
                    cycle=cycle, kind=kind, explanation=words.NO_REFERENCE[kind].format(year=cycle.year)
                )
                continue
            page = small_pdf([label, f"Tahun {cycle.year}", "Contoh dokumen rujukan untuk demonstrasi."])
            stored = files.store_upload(cycle.unit, SimpleUploadedFile(f"{kind}-{cycle.year}.pdf", page))
            ReferenceDocument.objects.create(
                cycle=cycle, kind=kind, file=stored, name=f"{kind}-{cycle.year}.pdf"
            )
