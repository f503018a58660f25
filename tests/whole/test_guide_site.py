"""The guide as a site: it builds without a warning, its links lead somewhere, it needs no other host, and the application serves it: `make pages`."""

import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.support.accessibility import at_every_width, tell
from tests.support.browser import Server, Visitor
from tests.whole.test_architecture import ROOT
from tests.whole.test_guide import PAGES

pytestmark = [pytest.mark.pages, pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


class Addresses(HTMLParser):
    """What a page loads, where it leads, and the places in it that others lead to."""

    def __init__(self, page: str):
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places |= {given[name] for name in ("id", "name") if given.get(name)}
        if given.get(LOADED.get(tag, "")):
            self.loaded.append(given[LOADED[tag]])
        elif tag == "a" and given.get("href"):
            self.linked.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built site."""
    target = tmp_path_factory.mktemp("public") / "panduan"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        "docs/mkdocs.yml",
        "--site-dir",
    ]
    done = subprocess.run([*command, str(target)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Addresses]:
    return {
        f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/"): Addresses(path.read_text())
        for path in site.rglob("index.html")
    }


def file_of(site: Path, url: str) -> Path:
    path = site / url.lstrip("/")
    return path / "index.html" if url.endswith("/") else path


def test_every_page_is_built(pages):
    assert set(pages) == {"/", *(f"/{page.stem}/" for page in PAGES if page.stem != "index")}


def test_links_inside_the_guide_lead_somewhere(site, pages):
    broken = []
    for page, found in pages.items():
        for link in (*found.linked, *found.loaded):
            if urlsplit(link).scheme or link.startswith("data:"):
                continue
            url, place = urldefrag(urljoin(page, link))
            if not file_of(site, url).is_file() or (
                place and url in pages and place not in pages[url].places
            ):
                broken.append(f"{page}: {link}")
    assert broken == []


def test_links_to_other_hosts_are_well_formed(pages):
    outside = {link for found in pages.values() for link in found.linked if urlsplit(link).scheme}
    assert {link for link in outside if not re.fullmatch(r"https://[\w.-]+\.\w{2,}(/[^\s]*)?", link)} == set()


def test_nothing_is_loaded_from_other_hosts(site, pages):
    assert [link for found in pages.values() for link in found.loaded if urlsplit(link).netloc] == []
    styles = "".join(path.read_text() for path in site.rglob("*.css"))
    assert re.findall(r"""(?:url\(|@import\s+)["']?(?:https?:)?//""", styles) == []


@pytest.fixture(scope="module")
def served_guide(tmp_path_factory, demonstration_files, site):
    """The application with the guide beside it."""
    server = Server(tmp_path_factory.mktemp("guide"), demonstration_files)
    shutil.copytree(site, server.folder / "public" / "panduan")
    server.environment["DOCS_ROOT"] = str(server.folder / "public")
    with server:
        yield server


def test_the_application_serves_it_to_everybody(served_guide):
    with urllib.request.urlopen(f"{served_guide.address}/panduan/asn/") as answer:
        assert "Panduan ASN" in answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nothing_else_of_the_server_lies_open(served_guide):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{served_guide.address}/panduan/../sakip.sqlite3")


def test_pages_of_the_guide_can_be_read_by_everybody(browser, served_guide, pages):
    reader = Visitor(browser, served_guide.address, bypass_csp=True)
    faults = []
    for path in pages:
        reader.go(f"/panduan{path}")
        faults += [(path, fault) for fault in at_every_width(reader.page)]
    reader.leave()
    tell(faults)
