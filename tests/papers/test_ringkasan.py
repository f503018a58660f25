"""Half a page of Ringkasan on the report and its draft: from the calculation and from typed words, nothing else."""

import pytest

from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, WorksheetRow
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.papers.ringkasan import LATER, LONGEST_TEXT, NONE_SHORT, NOTHING_ASKED, cut, ringkasan
from measurement.rules.sop import Output
from tests.support.characters import cycle_at, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_report(kecamatan):
    """A cycle that waits for the report, all of whose indicators met their target."""
    cycle = cycle_at(kecamatan, "report_to_camat")
    MeasurementCycle.objects.filter(pk=cycle.pk).update(suggestions="", version=cycle.version)
    WorksheetRow.objects.filter(cycle=cycle).update(follow_up="Menambah jadwal kunjungan.")
    return fresh(cycle)


def brief(cycle: MeasurementCycle, **options) -> dict:
    return ringkasan(calculate(fresh(cycle)), **options)


def change_first(cycle: MeasurementCycle, **values) -> WorksheetRow:
    row = cycle.rows.order_by("pk").first()
    WorksheetRow.objects.filter(pk=row.pk).update(**values)
    return row


def test_it_says_how_far_the_office_got_and_what_that_cost(to_report):
    told = brief(to_report)
    assert (
        "sampai dengan Triwulan I 2026 100,00 %, predikat Sangat Tinggi; 2 dari 2 indikator"
        in told["reached"]
    )
    assert told["money"].startswith("Realisasi anggaran Rp2.000.000 dari pagu Rp10.000.000, serapan 20,00 %.")


def test_what_was_missed_stands_in_its_owners_words(to_report):
    row = change_first(to_report, realised=1, obstacle="Jalan terputus.", follow_up="Memakai perahu.")
    (told,) = brief(to_report)["short"]
    assert (told["name"], told["why"], told["follow_up"]) == (row.name, "Jalan terputus.", "Memakai perahu.")
    assert told["capaian"] == "33,33 %"


def test_what_the_plan_repeats_on_another_level_is_told_once(to_report):
    WorksheetRow.objects.filter(cycle=to_report).update(
        name="Jumlah desa", realised=1, obstacle="Jalan terputus."
    )
    told = brief(to_report)
    assert [row["name"] for row in told["short"]] == ["Jumlah desa"]
    assert told["more"] == ""
    assert told["sentences"][1] == "2 indikator di bawah target, terendah Jumlah desa (33,33 %)."


def test_two_of_one_name_are_told_apart_by_their_branch(to_report):
    WorksheetRow.objects.filter(cycle=to_report).update(name="Jumlah desa", realised=1)
    change_first(to_report, obstacle="Jalan terputus.")
    code = to_report.rows.first().node.code
    sentence = brief(to_report)["sentences"][1]
    assert sentence.count(f"Jumlah desa pada {code} (33,33 %)") == 2


def test_where_nothing_was_missed_and_nothing_asked_it_says_so(to_report):
    told = brief(to_report)
    assert (told["short"], told["none_short"], told["none_asked"]) == ([], NONE_SHORT, NOTHING_ASKED)
    assert brief(to_report, is_draft=True)["none_asked"] == LATER


def test_suggestions_are_asked_as_they_were_typed(to_report):
    MeasurementCycle.objects.filter(pk=to_report.pk).update(
        suggestions="1. Menambah tenaga.\n2. Membeli perahu.", version=to_report.version
    )
    assert brief(to_report)["asked"] == ["Menambah tenaga.", "Membeli perahu."]


@pytest.mark.parametrize(
    ("follow_up", "count"),
    [("Mohon persetujuan penambahan jadwal.", 1), ("Memohonkan maaf kepada warga.", 0)],
)
def test_a_follow_up_that_asks_for_something_is_put_to_the_head(to_report, follow_up, count):
    change_first(to_report, realised=1, follow_up=follow_up)
    assert len(brief(to_report)["asked"]) == count


def test_a_long_text_is_cut_after_a_word():
    shown = cut("kata " * 100)
    assert len(shown) <= LONGEST_TEXT + 1
    assert shown.endswith("kata…")


@pytest.mark.parametrize("output", [Output.LAPORAN, Output.DRAFT_LAPORAN])
def test_it_opens_report_and_draft_and_older_papers_do_without(paper_contents, output):
    content = paper_contents[output]
    printed = render_html(KINDS[output], content)
    assert printed.index("<h2>Ringkasan</h2>") < printed.index("Yang dimintakan keputusan:")
    older = {key: value for key, value in content.items() if key != "ringkasan"}
    assert "<h2>Ringkasan</h2>" not in render_html(KINDS[output], older)


def test_a_text_is_not_cut_within_a_parenthesis():
    """A signed paper that ends in "(50,00…" says half a figure."""
    told = cut("x" * (LONGEST_TEXT - 12) + "; sarana (50,00 % dan 60,00 %)")
    assert told.endswith("; sarana…")
    assert cut("x" * (LONGEST_TEXT - 12) + " (satu) dua tiga empat").endswith("(satu) dua…")
    assert cut("(" + "kata " * 100).startswith("(kata kata")
