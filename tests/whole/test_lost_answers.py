"""Saves whose answer is lost, and pages older than what was saved: nobody is asked to choose between two texts of their own."""

import re

import pytest
from playwright.sync_api import expect

from tests.whole.test_line_cut import Typist

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

# the worker of an installed page asks the server itself, where a test can't hand it an older page
CONTEXT = {"service_workers": "block"}


@pytest.fixture
def cell(login):
    """A text of somebody's sheet whose saves reach the server while their answers get lost, until `cell.heal()`; `cell.unfold()` after another load."""
    visitor = login("asn02")
    page = Typist(visitor, seed=0).page
    found = page.locator("textarea[data-cell]:enabled").first
    page.route("**/simpan/", lambda route: (route.fetch(), route.abort()))
    found.unfold = visitor.unfold
    found.heal = lambda: page.unroute("**/simpan/")
    yield found
    visitor.problems = [text for text in visitor.problems if "ERR_FAILED" not in text]


def settled(cell) -> str:
    """What the server has once everything is saved, and nobody was asked to choose."""
    expect(cell.page.locator("#simpanan")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"), timeout=30_000)
    assert cell.page.locator(".conflict").count() == 0
    cell.page.evaluate("localStorage.clear()")
    cell.page.reload()
    return cell.input_value()


@pytest.mark.parametrize("reloads", [False, True], ids=["page stays", "page is loaded again"])
@pytest.mark.parametrize("typed_back", [False, True], ids=["typed on", "typed back"])
def test_a_lost_answer_is_no_conflict_with_oneself(cell, typed_back, reloads):
    before = cell.input_value()
    with cell.page.expect_event("requestfailed"):
        cell.fill(f"Rapat berjalan. {before}")
    wanted = before if typed_back else f"Rapat berjalan dengan baik. {before}".strip()
    cell.fill(wanted)
    cell.heal()
    if reloads:
        cell.page.reload()
    assert settled(cell) == wanted


def test_a_page_from_before_a_lost_answer_is_no_conflict_either(cell):
    """It came while the save was on its way; what it then learns of the save must outlive the next loss."""
    page, older = cell.page, cell.page.request.get(cell.page.url).body()
    with page.expect_event("requestfailed"):
        cell.fill("Rapat berjalan.")
    page.route(page.url, lambda route: route.fulfill(body=older, content_type="text/html"), times=1)
    page.reload()
    cell.heal()
    cell.unfold()
    with page.expect_response("**/simpan/"):
        cell.fill("Rapat berjalan dengan baik.")
    page.route("**/simpan/", lambda route: route.abort())
    page.reload()
    cell.heal()
    assert settled(cell) == "Rapat berjalan dengan baik."


def test_a_page_older_than_what_was_saved_is_loaded_anew(login):
    """It was on its way while the page before it saved for the last time: typing over it would meet oneself."""
    page = Typist(login("asn02"), seed=0).page
    cell = page.locator("textarea[data-cell]:enabled").first
    older = page.request.get(page.url).body()
    cell.fill("Disimpan saat halaman berganti.")
    expect(page.locator("#simpanan")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
    page.route(page.url, lambda route: route.fulfill(body=older, content_type="text/html"), times=1)
    page.reload()
    page.wait_for_selector("form[data-ready]", state="attached")
    assert cell.input_value() == "Disimpan saat halaman berganti."
