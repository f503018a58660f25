"""The bench itself: that its list names functions that there are, when a bound is missed, and that the page keeps what people wrote."""

from importlib import import_module

import pytest

from tests.bench import report
from tests.bench.results import Result, at_least, at_most
from tests.bench.sampling import Sample, in_turns
from tests.bench.table import ROWS


def test_every_row_of_the_list_can_be_measured():
    for row in ROWS:
        module, function = row.measure.split(":")
        assert callable(getattr(import_module(f"tests.bench.rows.{module}"), function)), row.key


@pytest.mark.parametrize(
    ("bound", "value", "spread", "verdict"),
    [
        (at_least(0.25), 0.25, 0, "met"),
        (at_least(0.25), 0.24, 0.02, "within"),
        (at_least(0.25), 0.2, 0.02, "missed"),
        (at_most(3), 2.9, 1, "met"),
        (at_most(3), 3.2, 0.3, "within"),
        (at_most(3), 3.2, 0.1, "missed"),
    ],
)
def test_a_bound_is_missed_by_more_than_the_spread(bound, value, spread, verdict):
    assert Result("a page", bound, Sample(value, spread)).verdict == verdict


def test_what_can_not_be_made_is_missed_and_what_is_skipped_says_why():
    assert Result("a paper", at_most(1), None, "can't be made", failed=True).verdict == "missed"
    skipped = Result("a paper", at_most(1), None, "LibreOffice is not installed")
    assert (skipped.verdict, report.measured(skipped)) == ("skipped", "LibreOffice is not installed")


def test_a_result_is_read_as_it_was_kept():
    for result in (
        Result("a page", at_least(1, " s"), Sample(1, 0.5), "a note"),
        Result("none", failed=True),
    ):
        assert Result.read(result.kept()) == result


def test_measures_take_turns_and_the_first_turn_only_warms_up():
    calls = []
    ones, others = in_turns(2, lambda: calls.append("a") or 1, lambda: calls.append("b") or 2)
    assert (ones, others, calls) == ([1, 1], [2, 2], ["b", "a", "a", "b", "b", "a"])


def test_the_page_keeps_what_people_wrote(tmp_path, monkeypatch):
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n\n{report.BEGIN}\nold figures\n{report.END}\n\nWhy not.\n")
    monkeypatch.setattr(report, "PAGE", page)
    report.write(tmp_path / "results")
    written = page.read_text()
    assert written.startswith("Before.\n")
    assert written.endswith("\n\nWhy not.\n")
    assert "old figures" not in written
