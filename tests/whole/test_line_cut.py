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
