"""The report of an office that measures by month: twelve periods beside each other stay on the page."""

from measurement.papers.registry import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import Output
from tests.doors.test_frequencies import choose, measured

MONTHS = ("jan", "feb", "mar", "apr", "mei")


def test_more_periods_than_a_table_holds_stand_in_several(kecamatan):
    choose(kecamatan, "bulanan")
    for number, month in enumerate(MONTHS, 1):
        cycle = measured(kecamatan, month, (1, number), 1_000_000)

    paper = cycle.papers.get(kind=Output.LAPORAN)
    html = render_html(KINDS[paper.kind], paper.content).partition("Perbandingan antarperiode")[2]

    parts = paper.content["quarters"]["parts"]
    assert [part["columns"] for part in parts] == [["Jan", "Feb", "Mar", "Apr"], ["Mei"]]
    # s.d. Mei: 5 of 5, and 1 + 2 + 3 + 4 + 5 = 15 of 5: (100 + 300) / 2; s.d. April 10 of 4: (100 + 250) / 2
    office = [part["lines"][-1] for part in parts]
    assert [line["capaian"] for line in office] == [["100,00", "125,00", "150,00", "175,00"], ["200,00"]]
    assert office[-1]["capaian_change"] == "+25,00"
    assert html.count("Selisih (poin)") == 2
    assert html.count("<th>Mei</th>") == 2
