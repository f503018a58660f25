"""One person in two roles: the papers of the decision, the report and the archive say so, as frozen content."""

from datetime import date

import pytest

from measurement.doors import workflow
from measurement.models import Appointment, Paper, Person
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import SEND_BACK, Output
from tests.support.characters import Office, cycle_at, fresh, prepare, walk

NOTE = "Tim416-317 bertindak selaku Plh. Sekretaris Kecamatan (langkah {}) dan selaku Anggota Tim SAKIP (langkah {}) pada siklus ini."


@pytest.fixture
def doubled(kecamatan) -> Office:
    """The one who reports for Tim SAKIP acts for the Sekcam as well."""
    Appointment.objects.create(
        person=kecamatan.tim,
        unit=kecamatan.unit,
        role="sekcam",
        kind="plh",
        title="Sekretaris Kecamatan",
        starts=date(2026, 1, 1),
    )
    kecamatan.tim = Person.objects.get(pk=kecamatan.tim.pk)
    return kecamatan


def paper_of(cycle, kind: Output) -> Paper:
    return cycle.papers.filter(kind=kind).last()


def test_who_reported_and_approves_is_named_on_the_decision(doubled):
    cycle = cycle_at(doubled, "approve")
    workflow.perform(cycle, "approve", doubled.tim)
    assert paper_of(cycle, Output.DRAFT_LAPORAN).content["own_work"] == [NOTE.format("9", "3, 4, 6, 7 dan 8")]


def test_a_return_says_so_as_well(doubled):
    cycle = cycle_at(doubled, "approve")
    workflow.perform(cycle, SEND_BACK, doubled.tim, arahan=[workflow.Arahan("Lengkapi analisisnya.")])
    assert paper_of(cycle, Output.DRAFT_LAPORAN).content["own_work"] == [NOTE.format("9", "3, 4, 6, 7 dan 8")]


def test_report_and_berita_acara_say_so_of_whoever_did(doubled):
    cycle = cycle_at(doubled, "approve")
    workflow.perform(cycle, "approve", doubled.tim)
    cycle = walk(doubled, fresh(cycle))
    for kind, steps in ((Output.LAPORAN, "3, 4, 6, 7 dan 8"), (Output.ARSIP, "3, 4, 6, 7, 8 dan 11")):
        paper = paper_of(cycle, kind)
        assert paper.content["own_work"] == [NOTE.format("9", steps)], kind
        assert f"Catatan: {NOTE.format('9', steps)}" in render_html(KINDS[kind], paper.content)


def test_accepting_rows_counts_without_leaving_a_step(doubled):
    """Another member closes step 6, but the one who decides accepted rows in it."""
    other = doubled.tim
    judge = Person.objects.create_user("penilai", name="Penilai", password="sandi-penilai-2026")
    for role, title in (("tim_sakip", "Anggota Tim SAKIP"), ("sekcam", "Sekretaris Kecamatan")):
        kind = "plt" if role == "sekcam" else "definitif"
        Appointment.objects.filter(kind="plh").update(ends=date(2026, 1, 2))
        Appointment.objects.create(
            person=judge, unit=doubled.unit, role=role, kind=kind, title=title, starts=date(2026, 1, 3)
        )
    cycle = cycle_at(doubled, "evaluate")
    doubled.tim = Person.objects.get(pk=judge.pk)
    prepare(doubled, cycle)
    doubled.tim = other
    cycle = walk(doubled, cycle, "approve")
    workflow.perform(cycle, "approve", Person.objects.get(pk=judge.pk))
    note = "Penilai bertindak selaku Plt. Sekretaris Kecamatan (langkah 9) dan selaku Tim SAKIP (langkah 6) pada siklus ini."
    assert paper_of(cycle, Output.DRAFT_LAPORAN).content["own_work"] == [note]


def test_whoever_only_measures_beside_a_role_acts_in_one(kecamatan):
    """Everybody is an ASN: sending one's own rows makes no second role, and the judged rows are named apart."""
    cycle = cycle_at(kecamatan, None)
    assert [
        paper_of(cycle, kind).content["own_work"]
        for kind in (Output.DRAFT_LAPORAN, Output.LAPORAN, Output.ARSIP)
    ] == [[], [], []]


def test_holding_two_roles_without_acting_in_both_is_not_noted(doubled):
    cycle = cycle_at(doubled, None)
    assert paper_of(cycle, Output.LAPORAN).content["own_work"] == []


def test_the_note_stays_as_it_was_issued(doubled):
    cycle = cycle_at(doubled, "approve")
    workflow.perform(cycle, "approve", doubled.tim)
    paper = paper_of(cycle, Output.DRAFT_LAPORAN)
    Appointment.objects.filter(person=doubled.tim, role="sekcam").delete()
    paper.refresh_from_db()
    assert NOTE.format("9", "3, 4, 6, 7 dan 8") in render_html(KINDS[paper.kind], paper.content)


def test_own_rows_are_still_named_before_the_roles(doubled):
    cycle = cycle_at(doubled, "measure")
    cycle.rows.update(owner=doubled.tim)
    cycle.nodes.update(owner=doubled.tim)
    doubled.asn = doubled.tim
    cycle = walk(doubled, cycle, "approve")
    workflow.perform(cycle, "approve", doubled.tim)
    first, second = paper_of(cycle, Output.DRAFT_LAPORAN).content["own_work"]
    assert first == "Tim416-317 juga penanggung jawab atas 2 indikator yang dinilai dalam naskah ini."
    assert second == NOTE.format("9", "3, 4, 6, 7 dan 8")
