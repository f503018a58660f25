"""One person per role, and a stranger, in a small office with a small plan. Tests walk its cycle through the real doors."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from measurement.doors import directive_answers, measuring, workflow
from measurement.doors.measuring import SheetChange
from measurement.models import (
    Appointment,
    Indicator,
    IndicatorDefinition,
    MeasurementCycle,
    Pagu,
    PaperFile,
    Person,
    Plan,
    PlanNode,
    PredicateLevel,
    PredicateScale,
    ReferenceDocument,
    ScheduledStep,
    SopEdition,
    Target,
    Unit,
    WorkSpan,
)
from measurement.rules.row_fields import ROW_TEXTS, Asked
from measurement.rules.sop import REFERENCE_DOCUMENTS, SCHEDULED_STEPS, STEPS, Role
from measurement.rules.sop_edition import KIND_BY_KEY, Sop

if TYPE_CHECKING:
    from tests.support.snapshots import Snapshots

YEAR = 2026
TREE = (("sasaran", "S1"), ("program", "7.01.02"), ("kegiatan", "7.01.02.2.01"), ("sub_kegiatan", "7.01.02.2.01.0001"))  # fmt: skip
SOP_DAY = date(2023, 10, 5)
SOP = Sop.of_kind(KIND_BY_KEY["kecamatan"], number="065/1/2023", made_on=SOP_DAY, in_force_from=SOP_DAY)
STORED = b"%PDF-1.7"  # what stands for the file of a paper
TITLES = {
    Role.CAMAT: "Camat",
    Role.SEKCAM: "Sekretaris Kecamatan",
    Role.TIM_SAKIP: "Anggota Tim SAKIP",
    Role.ASN: "Staf",
    Role.ADMINISTRATOR: "Pengelola Sistem",
}
TEXTS = {
    "recapitulate": ["recap_note"],
    "report": ["cover_note"],
    "report_to_camat": ["conclusion", "suggestions"],
    "archive": ["storage_location"],
}
LEVELS = (("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", None))


@dataclass
class Office:
    """A unit, its people and its plan."""

    unit: Unit
    plan: Plan
    camat: Person
    sekcam: Person
    tim: Person
    asn: Person
    administrator: Person
    indicators: list[Indicator] = field(default_factory=list)
    sub: PlanNode | None = None
    colleague: Person | None = None
    neighbour: "Office | None" = None
    snapshots: "Snapshots | None" = None  # what was made of it before

    def actor(self, role: Role) -> Person:
        return {
            Role.CAMAT: self.camat,
            Role.SEKCAM: self.sekcam,
            Role.TIM_SAKIP: self.tim,
            Role.ASN: self.asn,
            Role.ADMINISTRATOR: self.administrator,
        }[role]

    def once(self, make: Callable[["Office"], Any]) -> Any:
        """What is made of the office, put back from a snapshot where an earlier test made the same."""
        return self.snapshots.once(make, self) if self.snapshots else make(self)


def person(name: str, unit: Unit, *roles: Role) -> Person:
    """An account with appointments; everybody is an ASN as well."""
    made = Person.objects.create_user(
        username=name, email=f"{name}@example.org", password=f"sandi-{name}-2026", name=name.capitalize()
    )
    for role in {*roles, Role.ASN}:
        Appointment.objects.create(
            person=made, unit=unit, role=role, title=TITLES[role], starts=date(2020, 1, 1)
        )
    return Person.objects.get(pk=made.pk)


def office(code: str = "416-317", indicators: int = 2) -> Office:
    """A small office whose plan has one branch of every level and some indicators on its sub kegiatan, all owned by the ASN."""
    scale, _ = PredicateScale.objects.get_or_create(
        name="Uji", defaults={"source": "uji", "valid_from": date(2017, 1, 1)}
    )
    for label, lower in LEVELS:
        PredicateLevel.objects.get_or_create(scale=scale, label=label, defaults={"lower": lower})
    unit = Unit.objects.create(
        code=code, name=f"Kecamatan {code}", short_name=code, government="Pemerintah Kabupaten Uji", address="Jalan Uji 1",
        town="Uji", predicate_scale=scale,
    )  # fmt: skip
    SopEdition.objects.create(unit=unit, in_force_from=SOP_DAY, facts=SOP.facts())
    spans = [(day, *span) for day in range(5) for span in ((time(7, 30), time(12)), (time(13), time(16)))]
    WorkSpan.objects.bulk_create(
        WorkSpan(unit=unit, weekday=day, begins=begins, ends=ends) for day, begins, ends in spans
    )
    plan = Plan.objects.create(
        unit=unit, name="Rencana uji", start_year=YEAR, end_year=YEAR, source_note="Angka uji."
    )
    made = Office(
        unit, plan, person(f"camat{code}", unit, Role.CAMAT), person(f"sekcam{code}", unit, Role.SEKCAM),
        person(f"tim{code}", unit, Role.TIM_SAKIP), person(f"asn{code}", unit), person(f"admin{code}", unit, Role.ADMINISTRATOR),
    )  # fmt: skip
    _plan_tree(made, indicators)
    return made


def add_colleague(made: Office) -> None:
    """A second ASN with an indicator of their own."""
    made.colleague = person("rekan", made.unit)
    add_indicator(made, "Jumlah kunjungan rekan", 9)
    Indicator.objects.filter(name="Jumlah kunjungan rekan").update(owner=made.colleague)


def _plan_tree(made: Office, indicators: int) -> None:
    parent = None
    for position, (level, code) in enumerate(TREE):
        parent = PlanNode.objects.create(
            plan=made.plan, parent=parent, level=level, code=code, name=f"{level} uji", owner=made.asn, position=position,
        )  # fmt: skip
    made.sub = parent
    Pagu.objects.create(node=parent, year=YEAR, amount=Decimal(10_000_000))
    for number in range(indicators):
        made.indicators.append(add_indicator(made, f"Jumlah laporan {number + 1}", number))


def add_indicator(
    made: Office, name: str, position: int = 0, node: PlanNode | None = None, **values
) -> Indicator:
    definition = {
        "measure": "Laporan",
        "formula": "Jumlah laporan.",
        "source": "Register",
        "evidence_wanted": "Laporan",
    }
    smart = dict.fromkeys(IndicatorDefinition.SMART, True)
    indicator = Indicator.objects.create(
        node=node or made.sub,
        name=name,
        owner=made.asn,
        position=position,
        **{"accumulation": "jumlah", **definition, **smart, **values},
    )
    Target.objects.create(indicator=indicator, year=YEAR, annual=12, p1=3, p2=3, p3=3, p4=3)
    return indicator


def prepare(made: Office, cycle: MeasurementCycle) -> None:
    """Write down what the step lacks, so that it may be left."""
    match cycle.step.key:
        case "brief":
            values = {
                "starts_at": timezone.now(),
                "place": "Ruang rapat",
                "agenda": "Arahan pengukuran",
                "briefing": "Ukur dengan teliti.",
            }
            type(cycle.meeting).objects.filter(cycle=cycle).update(**values)
        case "plan_activities":
            type(cycle.meeting).objects.filter(cycle=cycle).update(
                discussion="Membahas jadwal.", decisions="Jadwal disepakati."
            )
            cycle.meeting.attendees.set([made.sekcam, made.tim])
            today = timezone.localdate()
            ScheduledStep.objects.bulk_create(
                ScheduledStep(cycle=cycle, step=step.key, date=today) for step in SCHEDULED_STEPS
            )
        case "prepare_method":
            for kind in REFERENCE_DOCUMENTS:
                ReferenceDocument.objects.update_or_create(
                    cycle=cycle, kind=kind, defaults={"explanation": "Sudah ada di kantor."}
                )
        case "measure":
            fill(made, cycle)
        case "evaluate":
            settle(made, cycle)
        case _:
            texts = dict.fromkeys(TEXTS.get(cycle.step.key, ()), "Teks yang cukup panjang.")
            MeasurementCycle.objects.filter(pk=cycle.pk).update(**texts, version=cycle.version)


def fresh(cycle: MeasurementCycle) -> MeasurementCycle:
    """The cycle as it is stored now, with nothing remembered."""
    return MeasurementCycle.objects.select_related("unit", "plan").get(pk=cycle.pk)


def row_values(realised: int = 3) -> dict:
    required = [text.key for text in ROW_TEXTS if text.asked in (Asked.ALWAYS, Asked.MET, Asked.MISSED)]
    return dict.fromkeys(required, "Teks yang cukup panjang.") | {
        "realised": Decimal(realised), "driver": "Kerja sama yang baik.", "obstacle": "Hujan pada akhir bulan.",
        "follow_up": "Menambah jadwal kunjungan.", "evidence_note": "Disimpan di lemari arsip.",
    }  # fmt: skip


def fill(made: Office, cycle: MeasurementCycle) -> None:
    """The ASN fills every row that is open to them, and the money, without sending."""
    answer = {"reply": "Sudah disesuaikan dengan buktinya."}
    rows = [
        SheetChange(row.pk, row.version, row_values() | (answer if "reply" in row.asked_answers else {})) for row in measuring.movable(cycle, "save", made.asn)
    ]  # fmt: skip
    money = [
        SheetChange(node.pk, node.version, {"spent": node.pagu // 5})
        for node in measuring.open_money(cycle, made.asn)
    ]
    measuring.save(cycle.pk, made.asn, rows, money)


def settle(made: Office, cycle: MeasurementCycle) -> None:
    """Everything that keeps step 6 open is settled: returned rows sent again, all accepted, arahan answered."""
    fill(made, cycle)
    measuring.send(cycle.pk, made.asn)
    measuring.accept(
        cycle.pk, made.tim, dict(cycle.rows.filter(state="terkirim").values_list("pk", "version"))
    )
    for directive in cycle.directives.filter(round=cycle.round, answered_at=None):
        directive_answers.answer(cycle.pk, made.tim, directive.pk, "Sudah dilengkapi seperti diminta.")


def open_cycle(made: Office, quarter: int = 1) -> MeasurementCycle:
    return workflow.open_cycle(
        made.unit,
        made.plan,
        YEAR,
        quarter,
        made.camat,
        "Laksanakan pengukuran kinerja.",
        "Realisasi satu indikator keliru dicatat.",
    )


def walk(made: Office, cycle: MeasurementCycle, until: str | None = None) -> MeasurementCycle:
    """Through the steps by their own actors until the cycle waits for the step named (None: into the archive)."""
    while cycle.step and cycle.step.key != until:
        step = cycle.step
        prepare(made, cycle)
        if step.key == "measure":
            measuring.send(cycle.pk, made.asn)
        elif step.key == "archive":
            store_papers(cycle)
            workflow.perform(cycle, step.key, made.actor(step.actor))
        else:
            workflow.perform(cycle, step.key, made.actor(step.actor))
        cycle = fresh(cycle)
        assert cycle.step != step or cycle.round > 1, f"step {step.key} was not left"
    return cycle


def store_papers(cycle: MeasurementCycle) -> None:
    """Files for the papers without rendering them: most tests don't look at paper."""
    for paper in cycle.papers.filter(file=None):
        digest = hashlib.sha256(STORED).hexdigest()
        PaperFile.objects.create(
            paper=paper, path=f"uji/{paper.pk}.pdf", sha256=digest, size=len(STORED), made_at=timezone.now()
        )


@dataclass(frozen=True)
class Walked:
    """The way of a cycle to a step; equal ways are walked once in a run."""

    step: str | None
    quarter: int

    def __call__(self, made: Office) -> int:
        return walk(made, open_cycle(made, self.quarter), self.step).pk


def cycle_at(made: Office, step: str | None, quarter: int = 1) -> MeasurementCycle:
    """A cycle that waits for the step named; None: archived."""
    walked = made.snapshots.cycle_at(step) if made.snapshots and quarter == 1 else None
    return walked or fresh(MeasurementCycle(pk=made.once(Walked(step, quarter))))


ALL_STEPS = [step.key for step in STEPS]
