"""The line is cut while an ASN types: whatever was typed arrives, or stands in the browser until it can."""

import random
import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SHEET = "/siklus/2/kertas-kerja/"
CUTS = 50


class Typist:
    """Types into cells of their own sheet, remembers what stands in them, and loses the line, the page or the browser tab now and then."""

    def __init__(self, visitor: Visitor, seed: int):
        self.visitor, self.chance = visitor, random.Random(seed)
        self.expected: dict[str, str] = {}
        self.open()

    def open(self) -> None:
        self.visitor.go(SHEET)
        self.page = self.visitor.page
        self.page.wait_for_selector("form[data-ready]")
        self.visitor.unfold()
        self.names = self.page.eval_on_selector_all(
            "input[type=text][data-column], textarea[data-cell]:enabled", "all => all.map(one => one.name)"
        )

    def type_something(self) -> None:
        name = self.chance.choice(self.names)
        number = self.chance.randint(1, 9999)
        text = str(number) if name.startswith(("realised", "spent")) else f"Uraian ke-{number}.\nBaris kedua."
        box = self.page.locator(f"[name='{name}']")
        box.fill("")
        box.press_sequentially(text)
        # money is shown grouped
        self.expected[name] = f"{number:,}".replace(",", ".") if name.startswith("spent") else text

    def wait(self, longest: int) -> None:
        self.page.wait_for_timeout(self.chance.randint(0, longest))

    def cut(self) -> None:
        """One cut at a random moment: before, while or after something is typed and sent."""
        self.type_something()
        self.wait(900)
        self.visitor.context.set_offline(True)
        self.type_something()
        self.wait(300)
        ending = self.chance.choice(("back", "reload", "close"))
        if ending == "close":
            self.page.close()
            self.visitor.page = self.visitor.context.new_page()
        self.visitor.context.set_offline(False)
        if ending != "back":
            self.open()

    def stored(self) -> dict[str, str]:
        """What a page shows that was opened without this browser's memory."""
        expect(self.page.locator("#simpanan")).to_have_text(
            re.compile(r"^Tersimpan \d\d\.\d\d$"), timeout=30_000
        )
        self.page.evaluate("localStorage.clear()")
        self.open()
        return {name: self.page.locator(f"[name='{name}']").input_value() for name in self.expected}


def test_fifty_cuts_lose_nothing(login):
    typist = Typist(login("asn03"), seed=20261122)
    for _ in range(CUTS):
        typist.cut()
    typist.type_something()
    assert typist.stored() == typist.expected
    typist.visitor.problems = [
        text for text in typist.visitor.problems if "ERR_INTERNET_DISCONNECTED" not in text
    ]


@pytest.fixture
def cell(login):
    """A text of somebody's sheet whose saves reach the server while their answers get lost, until `cell.heal()`."""
    visitor = login("asn02")
    page = Typist(visitor, seed=0).page
    found = page.locator("textarea[data-cell]:enabled").first
    page.route("**/simpan/", lambda route: (route.fetch(), route.abort()))
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
