"""Walking cycles of the demonstration office through the SOP by the real doors, each act at its own moment."""

from datetime import datetime, time
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measurement.doors import attachments, extending, follow_ups, measuring, row_remarks
from measurement.doors.measuring import SheetChange
from measurement.models import (
    MeasurementCycle,
    Unit,
    WorksheetNode,
    WorksheetRow,
)
from measurement.record.promises import next_last_day
from measurement.rules.sop import (
    EVALUATE,
    MEASURE,
    Role,
    RowState,
)

from . import signing, words
from .beginning import Beginning
from .clock import at, working_minutes_before
from .pdf import small_pdf
from .values import (
    EXCUSE,
    EXCUSED,
    RETURN_REASON,
    RETURNED,
    hint_answer,
    measure,
    spending,
    with_required_texts,
)

FIRST_PERIOD_BEGINS = (2026, 4, 6, 8, 0)
ALIVE_MINUTES = 180  # how long the second period's step 5 has been open, in working minutes before now
BEFORE_MEASURING = 610  # working minutes that its steps 1 to 4 took


class Walk(Beginning):
    """The whole way to the archive."""

    # step 5

    def extend(self) -> None:
        """One of those who have not begun gets two working days more than the others."""
        cycle = self.fresh()
        planned = cycle.schedule.get(step=MEASURE.key).date
        until = self._workday(datetime.combine(planned, time(8)), 2)
        untouched = cycle.rows.filter(state=RowState.KOSONG, owner__username__startswith="asn")
        late = untouched.select_related("owner").order_by("owner__username").first()
        if late:
            with self.clock.pass_minutes(1):
                more = extending.MoreTime(until, words.MORE_TIME)
                extending.give_extension(cycle.pk, self.person("tim1"), MEASURE.key, late.owner, more)

    def measure(self, username: str, send: bool = True, upto: int | None = None) -> None:
        """A person fills in their rows (the first ones only, if asked), attaches evidence, enters the money, and sends."""
        person, cycle = self.person(username), self.fresh()
        rows = list(measuring.movable(cycle, "save", person).select_related("cycle"))[:upto]
        changes = [
            SheetChange(row.pk, row.version, self.values_of(row) | answer_to_promise(row)) for row in rows
        ]
        nodes = [node for node in measuring.open_money(cycle, person) if node.carries_money]
        money = (
            [SheetChange(node.pk, node.version, {"spent": self.spending(node)}) for node in nodes]
            if upto is None
            else []
        )
        measuring.save(cycle.pk, person, changes, money)
        for row in rows[::3]:
            page = small_pdf([row.evidence_wanted, row.name, cycle.period, "Contoh bukti untuk demonstrasi."])
            attachments.attach(cycle.pk, person, row.pk, SimpleUploadedFile(f"bukti-{row.pk}.pdf", page), "1")
        if send:
            measuring.send(cycle.pk, person)
            signing.sign_papers(self.cycle)

    def values_of(self, row: WorksheetRow) -> dict:
        return measure(row, self.number)

    def spending(self, node: WorksheetNode) -> Decimal:
        return spending(node)

    def excuse_what_cannot_be_measured(self, username: str) -> None:
        row = self.cycle.rows.get(name=EXCUSED)
        measuring.excuse(self.cycle.pk, self.person(username), row.pk, row.version, EXCUSE)

    # steps 6 to 11

    def evaluate(self) -> None:
        """Tim SAKIP accepts, returns an indicator (sub kegiatan and its kegiatan), gets it back, and closes the evaluation."""
        with self.clock.pass_minutes(60):
            for row in self.cycle.rows.filter(name=RETURNED):
                measuring.give_back(self.cycle.pk, self.person("tim2"), row.pk, row.version, RETURN_REASON)
        with self.clock.pass_minutes(90):
            self._accept("tim3")
        with self.clock.pass_minutes(45):
            self._talk()
            self._repair()
        with self.clock.pass_minutes(60):
            self._accept("tim2")
            self.texts("tim1", evaluation_note=words.EVALUATION_NOTE)
        self.perform(30, "tim1", EVALUATE.key)

    def _accept(self, username: str) -> None:
        rows = dict(self.cycle.rows.filter(state=RowState.TERKIRIM).values_list("pk", "version"))
        measuring.accept(self.cycle.pk, self.person(username), rows)

    def _repair(self) -> None:
        """The owner lowers the realisasi to what the evidence shows, and says why."""
        rows = list(self.cycle.rows.filter(state=RowState.DIKEMBALIKAN).select_related("cycle", "owner"))
        owner = rows[0].owner
        repaired = [
            with_required_texts(row, self.number, measure(row, self.number) | words.REPAIRED) for row in rows
        ]
        changes = [
            SheetChange(row.pk, row.version, values | {"reply": words.REPLY})
            for row, values in zip(rows, repaired, strict=True)
        ]
        measuring.save(self.cycle.pk, owner, changes)
        measuring.send(self.cycle.pk, owner)

    def _talk(self) -> None:
        """Tim SAKIP asks for something beside its reason, and the owner answers."""
        row = self.cycle.rows.filter(state=RowState.DIKEMBALIKAN).select_related("owner")[0]
        row_remarks.add_remark(self.cycle.pk, self.person("tim2"), row.pk, words.REMARK)
        row_remarks.add_remark(self.cycle.pk, row.owner, row.pk, words.REMARK_ANSWER)

    def direct(self) -> None:
        """The Sekcam wants something followed up until the end of the next period; Tim SAKIP reports on it."""
        cycle = self.fresh()
        with self.clock.pass_minutes(30):
            made = follow_ups.open_follow_up(
                cycle, self.person("sekcam"), words.DIRECTION, next_last_day(cycle), role=Role.TIM_SAKIP
            )
        with self.clock.pass_minutes(30):
            follow_ups.report_on(made, self.person("tim1"), words.DIRECTION_NOTE)

    def finish(self) -> None:
        """Recap, report, decision, report to the Camat, archive."""
        for minutes, username, action, texts in words.LAST_STEPS:
            with self.clock.pass_minutes(minutes // 2):
                self.texts(username, **texts)
            self.perform(minutes - minutes // 2, username, action)


def first_period(unit: Unit) -> MeasurementCycle:
    """TW I in April: all eleven steps to the archive, some of them late."""
    start = datetime(*FIRST_PERIOD_BEGINS, tzinfo=timezone.get_current_timezone())
    walk = Walk.ordered(unit, 1, start)
    walk.prepare()
    with walk.clock.pass_minutes(120):
        walk.excuse_what_cannot_be_measured("tim1")
    for username in row_owners(walk.cycle):
        with walk.clock.pass_minutes(35):
            walk.measure(username)
    walk.evaluate()
    walk.finish()
    walk.direct()
    return walk.fresh()


def second_period(unit: Unit) -> MeasurementCycle:
    """TW II at step 5 as of now: a third of the ASN has sent, a third has drafts, a third has not begun; nor has anybody with another role."""
    measuring_since = working_minutes_before(timezone.localtime(), ALIVE_MINUTES, unit.calendar)
    start = working_minutes_before(measuring_since, BEFORE_MEASURING, unit.calendar)
    with at(start):
        signing.make_keys(unit)
    walk = Walk.ordered(unit, 2, start)
    walk.prepare()
    explaining = {row.owner.username for row in walk.cycle.rows.select_related("owner") if hint_answer(row)}
    for number, username in enumerate(name for name in row_owners(walk.cycle) if name.startswith("asn")):
        with walk.clock.pass_minutes(8):
            if number % 3 == 0 or username in explaining:
                walk.measure(username)
            elif number % 3 == 1:
                walk.measure(username, send=False, upto=2)
    walk.extend()
    return walk.fresh()


def answer_to_promise(row: WorksheetRow) -> dict:
    """What its owner says of what was promised before; every third says nothing."""
    if not row.promises:
        return {}
    progress, note = words.PROMISE_ANSWERS[row.position % len(words.PROMISE_ANSWERS)]
    return {"promise_progress": progress, "promise_note": note}


def row_owners(cycle: MeasurementCycle) -> list[str]:
    """Who has planned rows in a cycle, by user name."""
    return list(
        cycle.rows.filter(planned=True)
        .order_by("owner__username")
        .values_list("owner__username", flat=True)
        .distinct()
    )
