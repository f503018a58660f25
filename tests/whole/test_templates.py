"""Templates police themselves: short, used, escaped, without code, and in Indonesian."""

import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.whole.test_architecture import PYTHON, ROOT, TEMPLATES, lines_of, listed, name_of


def test_a_template_has_at_most_120_lines():
    found = [name_of(path) for path in TEMPLATES if lines_of(path) > 120]
    assert not found, listed(found)


USED_BY_DJANGO = {
    "registration/login.html", "registration/password_change_form.html",
}  # fmt: skip


def without_comments(path: Path) -> str:
    return re.sub(
        r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", "", path.read_text(), flags=re.DOTALL
    )


def test_every_template_is_used():
    code = "".join(path.read_text() for path in PYTHON) + "".join(
        without_comments(path) for path in TEMPLATES
    )
    named = set(re.findall(r"""["']([\w/]+\.(?:html|txt))["']""", code)) | USED_BY_DJANGO
    present = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    assert {
        name for name in present if name not in named and name.removeprefix("print/") not in named
    } == set()


def assert_none(paths: list[Path], find: Callable[[Path], Iterable[str]]) -> None:
    """Nothing is found in any of the templates; otherwise each is named with what is found in it."""
    found = [f"{name_of(path)}: {', '.join(given)}" for path in paths if (given := sorted(find(path)))]
    assert not found, listed(found)


def test_a_template_includes_only_what_is_there():
    def missing(path: Path) -> list[str]:
        named = re.findall(r"""{% (?:include|extends) ["']([^"']+)["']""", path.read_text())
        return [name for name in named if not (ROOT / "templates" / name).is_file()]

    assert_none(TEMPLATES, missing)


def test_a_template_escapes_everything_and_holds_no_code():
    forbidden = r"\|\s*safe\b|autoescape|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)"
    pages = [path for path in TEMPLATES if path.suffix == ".html"]
    assert_none(pages, lambda path: re.findall(forbidden, without_comments(path)))


def test_a_template_asks_nobody_for_their_role():
    asking = r"{%\s*(?:el)?if[^%]*\b(?:role|is_camat|is_sekcam|is_staff)\b"
    assert_none(TEMPLATES, lambda path: re.findall(asking, path.read_text()))


ENGLISH = """
    the and or not of with without from this that your you please submit save saved cancel delete remove edit update add new back next previous
    error errors warning success failed password username login logout user users upload download file files search filter home page pages
    required optional invalid loading click here open close closed approve approved return returned reject send sent step steps report archive
    worksheet evidence indicator deadline late done none yes empty review settings help
"""


def visible(path: Path) -> str:
    """The words of a template that a person could read, also those in labels and titles."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", without_comments(path), flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    given = re.findall(r'\b(?:title|text|label)="([^"]*)"', text)
    bare = re.sub(r"<[^>]*>", " ", re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL), flags=re.DOTALL)
    return html.unescape(
        " ".join([bare, *(re.sub(r"{[%{].*?[%}]}", " ", words) for words in spoken + given)])
    )


def test_a_template_speaks_indonesian():
    def english(path: Path) -> set[str]:
        return set(re.findall(r"[a-z]+", visible(path).lower())) & set(ENGLISH.split())

    assert_none(TEMPLATES, english)


def test_the_word_list_would_notice_english():
    form = ROOT / "templates" / "registration" / "login.html"
    assert {"masuk", "sandi"} <= set(re.findall(r"[a-z]+", visible(form).lower()))
