"""Every page of every person, measured by axe-core at three widths and for sideways scrolling: `make pages`."""

import pytest

from tests.support.accessibility import HEIGHT, WIDTHS, at_every_width, in_the_dark, tell
from tests.support.browser import Server, Visitor
from tests.support.crawling import reach
from tests.support.demo_stages import STAGES, take_to
from tests.support.wording import faults_in

pytestmark = [pytest.mark.pages, pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

PEOPLE = ("camat", "sekcam", "tim1", "admin", "asn01", "asn02")
AT_WORK = ("camat", "sekcam", "tim1", "asn02")
STRANGERS = ("/masuk/", "/v/", "/v/00000000000000000000000000000000/")
MISSING = "/tidak-ada/"
DEVELOPERS = "/komponen/"  # names the files of the components
FIELDS = "main input[type=text], main input[type=password], main textarea"


class Inspector(Visitor):
    """A person whose pages are looked at for faults."""

    def __init__(self, browser, address: str, username: str = ""):
        super().__init__(browser, address, username, bypass_csp=True)
        self.username = username

    def read(self, path: str) -> str | None:
        response = self.context.request.get(self.address + path)
        is_page = response.status == 200 and response.headers["content-type"].startswith("text/html")
        return response.text() if is_page else None

    def faults(self, path: str) -> list[tuple[str, str]]:
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        self.go(path)
        return self.faults_here(path)

    def faults_here(self, place: str) -> list[tuple[str, str]]:
        """Faults of the page as it stands, in light and dark."""
        words = [] if DEVELOPERS in place else faults_in(self.page.content())
        return [
            (f"{self.username} {place}", fault)
            for fault in [*words, *at_every_width(self.page), *in_the_dark(self.page)]
        ]

    def refused(self, path: str) -> list[tuple[str, str]]:
        """Faults of the page that answers when its form is sent with nothing in it, and letters in the cells for numbers."""
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        self.go(path)
        self.page.eval_on_selector_all(
            FIELDS, "all => all.forEach((one) => { one.value = 'column' in one.dataset ? 'abc' : '' })"
        )
        with self.page.expect_navigation() as answer:
            self.page.locator("main form[method=post] button[type=submit].btn-primary").first.click()
        assert answer.value.status in (200, 422), path
        return self.faults_here(f"{path} refused")


@pytest.fixture
def inspector(browser):
    """People who look, whose browsers are closed also after faults."""
    came: list[Inspector] = []

    def enter(address: str, username: str = "") -> Inspector:
        came.append(Inspector(browser, address, username))
        return came[-1]

    yield enter
    for person in came:
        person.context.close()


@pytest.mark.parametrize("username", PEOPLE)
def test_pages_of_a_person(inspector, address, username, record_property):
    person = inspector(address, username)
    paths = list(reach(person.read))
    record_property("measured", f"{username}: {len(paths)} pages at {', '.join(map(str, WIDTHS))} px")
    tell([fault for path in [*paths, MISSING] for fault in person.faults(path)])


@pytest.mark.parametrize("path", STRANGERS)
def test_pages_of_strangers(inspector, address, path):
    tell(inspector(address).faults(path))


@pytest.mark.parametrize(
    ("username", "paths"),
    [
        ("admin", ["/pegawai/tambah/", "/kata-sandi/", "/periksa-tabel/", "/rencana/impor/"]),
        ("camat", ["/siklus/perintah/"]),
        ("asn02", ["/siklus/2/kertas-kerja/", "/siklus/2/kertas-kerja/unggah/"]),
        ("", ["/masuk/"]),
    ],
)
def test_pages_with_refused_forms(inspector, address, username, paths):
    person = inspector(address, username)
    tell([fault for path in paths for fault in person.refused(path)])


@pytest.fixture(scope="module")
def moving(tmp_path_factory, demonstration_files):
    """A server of its own whose cycle is taken from stage to stage."""
    with Server(tmp_path_factory.mktemp("stages"), demonstration_files) as server:
        yield server


# Stage → who sends which form with nothing in it.
REFUSED = {
    "approved": ("sekcam", "/siklus/2/langkah/10/"),
    "ordered": ("camat", "/tanda-tangan/"),
    "briefed": ("tim1", "/siklus/3/langkah/3/"),
}


def test_pages_of_every_step(inspector, moving):
    """What is under work at a step, for those who work on it and those who look on."""
    people = {username: inspector(moving.address, username) for username in AT_WORK}
    faults = []
    for stage, (cycle, number) in STAGES.items():
        take_to(moving, stage)
        step = f"/siklus/{cycle}/langkah/{number}/"
        for person in people.values():
            faults += [
                fault
                for path in ("/", f"/siklus/{cycle}/", step, "/tanda-tangan/")
                for fault in person.faults(path)
            ]
        if stage in REFUSED:
            username, path = REFUSED[stage]
            faults += people[username].refused(path)
    tell(faults)
