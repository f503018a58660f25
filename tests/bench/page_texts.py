"""What every page says, as files that can be compared: the visible text and the form fields of each page that a person can reach, without what is
another one each time (tokens, hashes in the names of static files).

    python -m tests.bench.page_texts FOLDER [--var VAR] [--like OTHER] [--people camat asn02]

reads the demonstration in VAR (a folder as `make run` leaves it) through a copy that is thrown away, so that two commits can be compared over the
same data: `diff -r before after`. The clock stands still. With --like, the addresses are those of a folder that was written before, in its order,
whatever links the pages have now; without it they are found by following links. A page that isn't there any more says its status.
"""

import argparse
import logging
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import django
import time_machine

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("camat", "sekcam", "tim1", "asn02", "admin")
CLOCK = "2026-12-01T09:00:00+07:00"  # a Tuesday's morning after the demonstration was loaded
SAME = 6  # so many pages of a kind
ADDRESSES = "addresses.txt"
LONGEST_NAME = 200  # characters of a file's name

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hr html label legend li main nav ol optgroup option p pre section select summary svg table tbody td "
        "template text tfoot th thead title tr ul",
    )
)
UNSEEN = {"script", "style"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")
STATES = ("checked", "disabled", "hidden", "multiple", "readonly", "required", "selected")
FIELDS = {"input", "textarea", "select", "option", "button"}
TOKENS = {"csrfmiddlewaretoken"}
HASHED = re.compile(r"(/static/[^\s?#\"]+)\.[0-9a-f]{12}(\.\w+)")


class Said(HTMLParser):
    """The lines of a page: one for each block of text, field and link, in their order."""

    def __init__(self, page: str):
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.unseen = 0
        self.area: str | None = None
        self.feed(page)
        self.end_line()

    def end_line(self) -> None:
        line = " ".join("".join(self.words).split())
        self.words = []
        if line:
            self.lines.append(HASHED.sub(r"\1\2", line))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.unseen += tag in UNSEEN
        if tag in BLOCKS or tag in FIELDS:
            self.end_line()
        if tag in FIELDS:
            self._field(tag, given)
        elif tag == "form":
            self._line(f"[form {given.get('method', 'get')} {given.get('action', '')}]")
        elif tag == "a" and "href" in given:
            self.words.append(f" [{given['href']}] ")
        self.words += [f" ({name}: {given[name]}) " for name in SPOKEN if given.get(name)]

    def _field(self, tag: str, given: dict) -> None:
        name = given.get("name", "")
        if name in TOKENS:
            return
        states = [state for state in STATES if state in given]
        kind = given.get("type", "")
        parts = [tag, kind, *states, f"{name} = {given.get('value') or ''}"]
        self._line(f"[{' '.join(part for part in parts if part)}]")

    def _line(self, line: str) -> None:
        self.end_line()
        self.lines.append(line)

    def handle_endtag(self, tag):
        self.unseen -= tag in UNSEEN
        if tag in BLOCKS or tag in FIELDS:
            self.end_line()

    def handle_data(self, data):
        if not self.unseen:
            self.words.append(data)


@contextmanager
def copied(var: Path) -> Iterator[Path]:
    """A copy of the installation's folder, taken as settings by whoever imports them now."""
    with tempfile.TemporaryDirectory(prefix="sakip-halaman-") as place:
        folder = Path(place)
        names = (var / "sakip.sqlite3", folder / "sakip.sqlite3")
        with closing(sqlite3.connect(names[0])) as source, closing(sqlite3.connect(names[1])) as target:
            source.backup(target)
        shutil.copytree(var / "media", folder / "media")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "sakip.settings",
            "SAKIP_ENV": str(var / "env"),
            "SAKIP_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'sakip.sqlite3'}",
            "DEMONSTRATION": "true",
        }
        yield folder


def reader(username: str) -> Callable[[str], str | None]:
    """Gives the page at an address as this person gets it; None for a file. What the reading itself leaves (a message that was read, a report's
    receipt) is taken back, so that no page depends on those before it."""
    from django.db import transaction
    from django.test import Client

    from measurement.models import Person

    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    client.force_login(Person.objects.get(username=username))

    cookies = client.cookies.copy()

    def read(url: str) -> str | None:
        client.cookies = cookies.copy()
        with transaction.atomic():
            response = client.get(url, follow=True)
            transaction.set_rollback(True)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            response.close()
            return None
        content = response.content.decode()
        return content if response.status_code == 200 else f"status {response.status_code} {content}"

    return read


def pages_of(username: str, like: Path | None) -> dict[str, str]:
    """Address → page; of the addresses that another folder has, or of all that links lead to."""
    from tests.support import crawling

    read = reader(username)
    if like:
        addresses = (like / username / ADDRESSES).read_text().splitlines()
        return {url: read(url) or "no page" for url in addresses}
    with patch.object(crawling, "SAME", SAME):
        return crawling.reach(read)


def write(folder: Path, pages: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ADDRESSES).write_text("".join(f"{url}\n" for url in pages))
    for number, (url, page) in enumerate(pages.items()):
        name = quote(url, safe="")
        name = name if len(name) < LONGEST_NAME else f"{name[:LONGEST_NAME]}-{number}"
        (folder / f"{name}.txt").write_text("".join(f"{line}\n" for line in Said(page).lines))


def main(folder: Path, var: Path, people: list[str], like: Path | None) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with copied(var):
        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import override_settings

        call_command("migrate", verbosity=0)
        logging.disable()
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
            for username in people:
                with time_machine.travel(datetime.fromisoformat(CLOCK), tick=False):
                    pages = pages_of(username, like)
                write(folder / username, pages)
                print(f"{username}: {len(pages)} pages")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--var", type=Path, default=ROOT / "var")
    parser.add_argument("--like", type=Path)
    parser.add_argument("--people", nargs="*", default=PEOPLE)
    given = parser.parse_args()
    main(given.folder, given.var.resolve(), given.people, given.like)
