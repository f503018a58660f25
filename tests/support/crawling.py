"""Every page that a person can reach by following links from their start; only some of the pages of one kind."""

from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

SAME = 2  # so many pages of a kind, such as one indicator, one worksheet row, one filter of a list
ALL = {"step", "cycle", "worksheet", "overview"}  # but every page of these
# Files, and Django's own administration, whose pages are not ours.
OTHERS = {
    "paper", "extract", "evidence", "reference", "worksheet_form", "worksheet_xlsx", "recap_xlsx", "e81_xlsx", "lkjip_docx", "package",
    "plan_template", "register_csv",
}  # fmt: skip


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(given["href"])


def kind_of(url: str) -> tuple | None:
    """Pages of the same kind differ only in what they are about; None for what is no page of ours."""
    parts = urlsplit(url)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if parts.netloc or match.namespaces or match.url_name in OTHERS:
        return None
    about = tuple(match.kwargs.values()) if match.url_name in ALL else ()
    return match.url_name, about, tuple(sorted(parse_qs(parts.query)))


def reach(read: Callable[[str], str | None], start: str = "/", within: str = "/") -> dict[str, str]:
    """Address → page, for addresses that begin with `within`. `read` gives a page, or None where there is none for this person."""
    pages, seen, waiting, kinds = {}, {start}, [start], Counter()
    while waiting:
        url = waiting.pop(0)
        page = read(url)
        if page is None:
            continue
        pages[url] = page
        for link in Links(page).found:
            target = urldefrag(urljoin(url, link)).url
            kind = kind_of(target)
            if kind and target not in seen and target.startswith(within) and kinds[kind] < SAME:
                kinds[kind] += 1
                seen.add(target)
                waiting.append(target)
    return pages
