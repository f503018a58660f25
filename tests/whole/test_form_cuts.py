"""The line is cut while somebody types, on every form of every page that keeps a draft: before, during and after a draft is sent, by reload, Back and a
closed tab, and when the session is over. Three cuts a form here, fifty in `make pages`. The worksheet has its own: test_line_cut.py."""

import random
import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.support.browser import Server, Visitor
from tests.support.crawling import reach
from tests.support.demo_stages import STAGES, take_to
from tests.support.form_reading import FormsOf

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

PEOPLE = ("camat", "sekcam", "tim1", "admin", "asn02")
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "403")  # what the console says of a cut
FORM, DRAFT = "form[data-keeps-draft]", "**/draf/"
VALUES = {
    "date": "2026-05-{:02}",
    "datetime-local": "2026-05-{:02}T10:15",
    "time": "10:{:02}",
    "month": "2026-05",
}
CELLS = """(form) => [...form.elements].filter((one) => one.name && !one.readOnly && !one.matches(":disabled") && one.offsetParent !== null
  && ["text", "textarea", "number", "date", "datetime-local", "time", "email", "url", "month"].includes(one.type) && !/nik/.test(one.name))
  .map((one) => [one.name, one.type])"""


class Filler(Visitor):
    """Fills in one form of one page, and loses the line, the page or the session now and then."""

    def __init__(self, browser, address: str, username: str):
        super().__init__(browser, address, username)
        self.username, self.chance = username, random.Random(20261130)

    def read(self, path: str) -> str | None:
        response = self.context.request.get(self.address + path)
        is_page = response.status == 200 and response.headers["content-type"].startswith("text/html")
        return response.text() if is_page else None

    def open(self, path: str, number: int) -> bool:
        """The page with its form, whose fields are open; whether anything can be typed there."""
        self.path, self.number, self.expected = path, number, {}
        self.load()
        if self.page.locator(FORM).count() <= number:
            return False
        self.cells = self.form.evaluate(CELLS)
        return bool(self.cells)

    @property
    def form(self):
        return self.page.locator(FORM).nth(self.number)

    def load(self) -> None:
        self.go(self.path)
        self.page.wait_for_selector("html[data-drafts]", state="attached")
        self.unfold()

    def type_something(self) -> None:
        name, kind = self.chance.choice(self.cells)
        number = self.chance.randint(1, 28)
        text = VALUES.get(kind, "{}" if kind == "number" else "Ketik {}").format(number)
        self.form.locator(f"[name='{name}']").first.fill(text)
        self.expected[name] = self.form.locator(f"[name='{name}']").first.input_value()

    def before(self) -> None:
        self.context.set_offline(True)
        self.type_something()
        self.context.set_offline(False)

    def during(self) -> None:
        self.page.route(DRAFT, lambda route: route.abort())
        self.type_something()
        self.page.wait_for_timeout(self.chance.choice((0, 1700)))
        self.page.unroute_all(behavior="ignoreErrors")

    def after(self) -> None:
        """The server has it, and its answer is lost."""
        self.page.route(DRAFT, lambda route: (route.fetch(), route.abort()))
        self.type_something()
        self.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
        self.page.unroute_all(behavior="ignoreErrors")

    def session_over(self) -> None:
        self.context.clear_cookies(name="sessionid")
        self.type_something()
        self.page.wait_for_timeout(100)
        self.log_in(self.username)

    def cut(self, number: int) -> None:
        kinds = (self.before, self.during, self.after, self.session_over)
        kinds[number % 3 if number % 10 else 3]()
        ending = self.chance.choice(("reload", "back", "close"))
        if ending == "close":
            self.page.close()
            self.page = self.context.new_page()
        if ending == "back":
            self.go("/bantuan/")
            self.page.go_back()
            self.page.wait_for_selector("html[data-drafts]", state="attached")
        self.load()
        assert self.shown() == self.expected, f"{self.path}: {kinds[number % 3].__name__}, {ending}"

    def shown(self) -> dict[str, str]:
        return {name: self.form.locator(f"[name='{name}']").first.input_value() for name in self.expected}


def forms_of(person: Filler, within: str = "/", tried: set | None = None) -> list[tuple[str, int]]:
    """Every form of the pages that this person reaches, but for those that differ only in what they are about from one in `tried`: it has the same name
    of its address and the same fields."""
    found = []
    for path, page in reach(person.read, within, within).items():
        name = resolve(urlsplit(path).path).url_name
        forms = [form for form in FormsOf(page).forms if form.typed and not form.has_own_autosave]
        for number, form in enumerate(forms):
            kind = (name, tuple(sorted({re.sub(r"\d+", "", field) for field in form.typed})))
            if tried is None or kind not in tried:
                found.append((path, number))
            if tried is not None:
                tried.add(kind)
    return found


def lose_nothing(person: Filler, cuts: int, within: str = "/", once: set | None = None) -> int:
    """How many forms were tried."""
    tried = 0
    for path, number in forms_of(person, within, once):
        if not person.open(path, number):
            continue
        tried += 1
        for cut in range(1, cuts + 1):
            person.cut(cut)
    person.problems = [text for text in person.problems if not any(word in text for word in EXPECTED)]
    assert person.problems == []
    person.context.close()
    return tried


@pytest.fixture(scope="module")
def cut_address(tmp_path_factory, demonstration_files):
    """A server of its own: drafts of other tests would stand on its pages."""
    with Server(tmp_path_factory.mktemp("cuts"), demonstration_files) as server:
        yield server.address


@pytest.fixture(scope="module")
def tried() -> set:
    """Forms that somebody before tried, by what they are."""
    return set()


@pytest.mark.parametrize("username", PEOPLE)
def test_three_cuts_on_every_form_lose_nothing(browser, cut_address, username, tried):
    lose_nothing(Filler(browser, cut_address, username), cuts=3, once=tried)


@pytest.mark.pages
@pytest.mark.parametrize("username", PEOPLE)
def test_fifty_cuts_on_every_form_lose_nothing(browser, cut_address, username, record_property):
    tried = lose_nothing(Filler(browser, cut_address, username), cuts=50)
    record_property("measured", f"{username}: {tried} forms with 50 cuts each")


@pytest.mark.pages
def test_fifty_cuts_on_the_form_of_every_step_lose_nothing(browser, tmp_path, demonstration_files):
    with Server(tmp_path / "steps", demonstration_files) as server:
        for stage, (cycle, number) in STAGES.items():
            take_to(server, stage)
            for username in ("camat", "sekcam", "tim1"):
                step = f"/siklus/{cycle}/langkah/{number}/"
                lose_nothing(Filler(browser, server.address, username), cuts=50, within=step)
