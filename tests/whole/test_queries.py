"""A page asks the database as often for three rows as for one, and at most twelve times."""

from datetime import date
from functools import cache, partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.doors import voiding, workflow
from measurement.doors.handing_over import hand_over
from measurement.models import DocumentLine, Pagu, Plan, PlanNode, SigningMethod
from measurement.plan import planning_documents
from measurement.plan.revising import Basis, Revised, approve, record_revision
from measurement.record.rounds import Arahan
from measurement.rules.sop import REFERENCE_DOCUMENTS, SEND_BACK, Role
from tests.support.characters import (
    YEAR,
    Office,
    add_indicator,
    cycle_at,
    fresh,
    office,
    open_cycle,
    person,
    walk,
)  # fmt: skip
from tests.support.pages import drained, logged_in
from tests.support.signing_office import give_key, issue, make_authority
from tests.support.snapshots import World

pytestmark = pytest.mark.long
MOST = 12
COMPARING = ("step 6 in later rounds",)  # one more: what the Sekcam was shown in the round before


def queries(who, url: str) -> int:
    client = logged_in(who)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    drained(response)
    return len(captured)


def office_of(size: int) -> Office:
    """An office with more of everything that makes rows: indicators, sub kegiatan with money, people with indicators of their own."""
    made = office(f"kec-{size}", indicators=1)
    for number in range(1, size):
        add_indicator(made, f"Indikator tambahan {number}", 10 + number)
        node = PlanNode.objects.create(
            plan=made.plan, parent=made.sub.parent, level="sub_kegiatan", code=f"7.01.02.2.01.000{number + 1}", name="Sub lain",
            owner=made.asn, position=10 + number,
        )  # fmt: skip
        Pagu.objects.create(node=node, year=YEAR, amount=1_000_000)
        add_indicator(made, f"Indikator sub {number}", 20 + number, node)
        person(f"pegawai{made.unit.code}{number}", made.unit, Role.TIM_SAKIP)
    return made


def at(step: str | None, name: str, role: Role):
    """The page of a cycle that waits for a step, seen by a role."""

    def build(made: Office, size: int):
        return made.actor(role), reverse(name, args=[cycle_at(made, step).pk])

    return build


def step_page(step: str, number: int, role: Role):
    def build(made: Office, size: int):
        return made.actor(role), reverse("step", args=[cycle_at(made, step).pk, number])

    return build


def with_cycles(name: str, role: Role):
    """A list page of an office with that many cycles under way."""

    def build(made: Office, size: int):
        for quarter in range(1, size + 1):
            open_cycle(made, quarter)
        return made.actor(role), reverse(name)

    return build


def with_archive(name: str, role: Role, step: str | None = None):
    def build(made: Office, size: int):
        for quarter in range(1, size + 1):
            cycle_at(made, step if quarter == size else None, quarter)
        return made.actor(role), reverse(name)

    return build


def plain(name: str, role: Role, *keys: str):
    return lambda made, size: (made.actor(role), reverse(name, args=keys))


def with_plans(name: str, role: Role):
    """A page that lists the plans that one keeps."""

    def build(made: Office, size: int):
        for number in range(1, size):
            Plan.objects.create(unit=made.unit, name="Lain", start_year=YEAR + number, end_year=YEAR + number)
        return made.actor(role), reverse(name)

    return build


def revised(name: str, role: Role):
    """The plan's year was approved and one target of the first indicator revised as often as there are rows."""

    def build(made: Office, size: int):
        indicator = made.indicators[0]
        approve(made.plan, YEAR, made.tim, "Perjanjian Kinerja", date(YEAR, 1, 5))
        basis = Basis("Pagu dikurangi.", "Perjanjian Kinerja Perubahan", date(YEAR, 3, 1))
        record_revision(
            made.plan,
            made.tim,
            basis,
            [Revised(indicator.node, indicator, YEAR, "target setahun", "12", "10")] * size,
        )
        return made.actor(role), reverse(name, args=[indicator.pk] if name == "indicator" else [])

    return build


def with_documents(name: str, role: Role):
    """One planning document after the other, each with as many lines, of which none agrees with the plan."""

    def build(made: Office, size: int):
        for kind in list(REFERENCE_DOCUMENTS)[:size]:
            lines = [
                DocumentLine(number=n, code=made.sub.code, indicator=f"Jumlah {n}", target=n, pagu=n)
                for n in range(size)
            ]
            planning_documents.store(made.plan, kind, YEAR, "uji.xlsx", lines, made.tim)
        return made.actor(role), reverse(name)

    return build


def numbered(role: Role):
    """The numbers of the orders: half of them withdrawn and issued again, the others used elsewhere."""

    def build(made: Office, size: int):
        paper = open_cycle(made).papers.get()
        for last in range(1, 2 * size, 2):
            paper = voiding.void(paper, made.camat, "Nama penanda tangan keliru.", again=True)
            voiding.skip(made.unit, paper.kind, last + 2, last + 1, made.tim, "Dibuat dengan tangan.")
        return made.actor(role), f"{reverse('number_register')}?jenis={paper.kind}"

    return build


def with_a_paper(name: str, role: Role):
    """A page of one paper."""

    def build(made: Office, size: int):
        return made.actor(role), reverse(name, args=[cycle_at(made, "report").papers.last().pk])

    return build


def returned(made: Office, rounds: int):
    """A cycle in evaluation after that many returns, each with a general arahan and one on every row."""
    cycle = cycle_at(made, "approve")
    for number in range(rounds):
        arahan = [Arahan(f"Arahan umum putaran {number}.")]
        arahan += [Arahan("Lengkapi bukti baris ini.", row.pk) for row in cycle.rows.all()]
        workflow.perform(cycle, SEND_BACK, made.sekcam, arahan=arahan)
        cycle = fresh(cycle) if number == rounds - 1 else walk(made, fresh(cycle), "approve")
    return cycle


def in_round(name: str, role: Role, *number: int):
    def build(made: Office, size: int):
        return made.actor(role), reverse(name, args=[returned(made, size).pk, *number])

    return build


def of_the_asn(name: str, role: Role, step: str = "measure"):
    """A page on the ASN, who holds things of the plan and of a cycle under way, some of which were handed over before."""

    def build(made: Office, size: int):
        row = cycle_at(made, step).rows.filter(owner=made.asn).first()
        for giver, taker in ((made.asn, made.tim), (made.tim, made.asn)) * size:
            hand_over(
                made.unit, giver, taker, made.tim, {"rows": [row.pk]}, "Berhalangan sampai akhir bulan."
            )
        return made.actor(role), reverse(name, args=[made.asn.pk] if name != "handovers" else [])

    return build


def to_sign(name: str, role: Role):
    """Papers of every kind of signature that wait, some of each for every row."""

    def build(made: Office, size: int):
        make_authority(made)
        give_key(made.actor(role), made)
        for quarter in range(1, size + 1):
            cycle = open_cycle(made, quarter)
            for step, method in (("order", SigningMethod.LOKAL), ("brief", SigningMethod.MANUAL)):
                issue(cycle, step, made.actor(role), method, b"%PDF-1.7")
        return made.actor(role), reverse(name)

    return build


PAGES = {
    "inbox": with_cycles("inbox", Role.SEKCAM),
    "inbox of the asn": with_cycles("inbox", Role.ASN),
    "cycles": with_cycles("cycles", Role.CAMAT),
    "cycles archived": with_archive("cycles", Role.CAMAT),
    "cycle": at("evaluate", "cycle", Role.TIM_SAKIP),
    "cycle archived": at(None, "cycle", Role.CAMAT),
    "more time": at("measure", "extensions", Role.SEKCAM),
    "withdrawal": at("measure", "withdrawal", Role.CAMAT),
    "cycle in later rounds": in_round("cycle", Role.TIM_SAKIP),
    "coverage": at("measure", "coverage", Role.TIM_SAKIP),
    "report": at("archive", "report", Role.CAMAT),
    "inbox with reports": with_archive("inbox", Role.CAMAT, "archive"),
    "round": in_round("round", Role.TIM_SAKIP, 2),
    "worksheet": at("measure", "worksheet", Role.ASN),
    "worksheet to read": at("approve", "worksheet", Role.ASN),
    "worksheet to fill in": at("measure", "worksheet_form", Role.ASN),
    "round trip": at("measure", "round_trip", Role.ASN),
    "overview": at("measure", "overview", Role.TIM_SAKIP),
    "overview with extracts": at("approve", "overview", Role.TIM_SAKIP),
    "overview of the asn": at("measure", "overview", Role.ASN),
    "recap": at("recapitulate", "recap", Role.CAMAT),
    "form e.81": at("recapitulate", "e81_xlsx", Role.CAMAT),
    "working of the office": at("approve", "office_working", Role.CAMAT),
    "step 2": step_page("brief", 2, Role.SEKCAM),
    "step 3": step_page("plan_activities", 3, Role.TIM_SAKIP),
    "step 4": step_page("prepare_method", 4, Role.TIM_SAKIP),
    "step 6": step_page("evaluate", 6, Role.TIM_SAKIP),
    "step 6 in later rounds": in_round("step", Role.TIM_SAKIP, 6),
    "step 7": step_page("recapitulate", 7, Role.TIM_SAKIP),
    "step 8": step_page("report", 8, Role.TIM_SAKIP),
    "step 9": step_page("approve", 9, Role.SEKCAM),
    "step 10": step_page("report_to_camat", 10, Role.SEKCAM),
    "step 11": step_page("archive", 11, Role.TIM_SAKIP),
    "step to read": step_page("approve", 3, Role.CAMAT),
    "signatures": to_sign("signatures", Role.CAMAT),
    "signing keys": to_sign("signing_keys", Role.CAMAT),
    **{name: with_archive(name, Role.CAMAT) for name in ("archive", "achievement", "trends", "years")},
    "number register": with_archive("number_register", Role.CAMAT),
    "numbers of a kind": numbered(Role.TIM_SAKIP),
    "withdrawing a paper": with_a_paper("void_paper", Role.CAMAT),
    "plan": with_documents("plan", Role.TIM_SAKIP),
    "import of a plan": with_plans("plan_import", Role.TIM_SAKIP),
    "planning documents": with_documents("planning_documents", Role.TIM_SAKIP),
    "radar": with_documents("radar", Role.ASN),
    "revisions": revised("revisions", Role.TIM_SAKIP),
    "indicator": revised("indicator", Role.TIM_SAKIP),
    "person": of_the_asn("person", Role.ADMINISTRATOR),
    "handing over": of_the_asn("hand_over", Role.TIM_SAKIP),
    "handovers": of_the_asn("handovers", Role.TIM_SAKIP),
    **{name: plain(name, Role.TIM_SAKIP) for name in ("nomenclature", "nomenclature_import", "prescribed")},
    **{name: plain(name, Role.ADMINISTRATOR) for name in ("people", "people_import", "office_export")},
    **{name: plain(name, Role.ADMINISTRATOR) for name in ("office_look", "sop_editions", "paper_settings")},
    "paper setting": plain("paper_setting", Role.ADMINISTRATOR, "rekapitulasi"),
}


@cache
def world(size: int) -> World:
    return World(partial(office_of, size))


@cache
def counted(page: str) -> tuple[int, int]:
    """The number of queries of a page with one row of everything and with three; counted once for both tests."""
    return counted_with(page, 1), counted_with(page, 3)


def counted_with(page: str, size: int) -> int:
    """The office leaves no trace, so that another can be put back."""
    with transaction.atomic():
        made = world(size).office_again()
        number = queries(*PAGES[page](made, size))
        transaction.set_rollback(True)
    return number


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_three_rows_as_for_one(db, page):
    one, three = counted(page)
    assert one == three


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_at_most_twelve_times(db, page):
    assert max(counted(page)) <= MOST + (page in COMPARING)
