"""The icons of static/icons/sprite.svg: each is named somewhere, and whatever is named is there."""

import ast
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from django.contrib.messages import constants

from measurement.rules.sop import RowState
from measurement.views.cycle.sop_table import DOTS
from measurement.views.cycle.timeline import ROW_ACTS
from measurement.views.frame import NAVIGATION
from measurement.views.office.component_samples import STATES
from measurement.views.papers.verification import MEANINGS
from measurement.views.start.table_check import LOOKS
from tests.whole.test_architecture import MODULES, ROOT, TEMPLATES, tree_of

SPRITE = ROOT / "static/icons/sprite.svg"
USE = re.compile(r"""sprite\.svg' %\}#(.+?)"\s*/>""")
TAG = re.compile(r"\{%.*?%\}")
GIVES = re.compile(r"""["'](?:icon|state)["']|\b(?:icon|state)=""")
PARSED = [tree_of(path) for path in MODULES if GIVES.search(path.read_text())]
# Icons that a table of the pages names, and levels of messages that Django keeps unless told otherwise.
IN_TABLES = {
    *(icon for _, _, icon, _ in NAVIGATION),
    *(icon for icon, _ in DOTS.values()),
    *(icon for icon, _ in ROW_ACTS.values()),
    *(icon for _, icon in LOOKS.values()),
    *(icon for _, icon, *_ in MEANINGS.values()),
}
LEVELS = {tag for level, tag in constants.DEFAULT_TAGS.items() if level >= constants.INFO}


def symbols() -> list[str]:
    return [symbol.attrib["id"] for symbol in ElementTree.parse(SPRITE).getroot()]


def fragments() -> set[str]:
    """What stands behind the # wherever a template draws an icon."""
    return {found for path in TEMPLATES for found in USE.findall(path.read_text())}


def in_templates() -> set[str]:
    """Icons that templates name themselves, also as one of two."""
    return {name for found in fragments() if "{{" not in found for name in TAG.split(found) if name}


def in_modules() -> set[str]:
    """Icons that a page hands to its template: `"icon": "…"` or icon="…"."""
    return {name for module in PARSED for value in given(module, "icon") for name in constants_in(value)}


def states() -> set[str]:
    """The states of rows, of what else a page shows, and whatever a page calls one: `"state": {"key": "…", …}`."""
    shown = (value for module in PARSED for value in given(module, "state"))
    keys = {name for state in shown for value in given(state, "key") for name in constants_in(value)}
    return {f"state-{key}" for key in keys | STATES.keys() | {state.value for state in RowState}}


def given(tree: ast.AST, name: str) -> Iterator[ast.expr]:
    """Whatever dicts and calls within give by this name."""
    return (_pairs(node)[name] for node in ast.walk(tree) if name in _pairs(node))


def constants_in(tree: ast.AST) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value)


def _pairs(node: ast.AST) -> dict[str | None, ast.expr]:
    """What a dict or a call gives by name."""
    if isinstance(node, ast.Dict):
        keys = (key.value if isinstance(key, ast.Constant) else None for key in node.keys)
        return dict(zip(keys, node.values, strict=True))
    if isinstance(node, ast.Call):
        return {keyword.arg: keyword.value for keyword in node.keywords}
    return {}


NAMED = in_templates() | in_modules() | IN_TABLES | states() | {f"message-{level}" for level in LEVELS}


def test_an_icon_is_named_somewhere():
    assert set(symbols()) - NAMED == set(), f"no page names these icons: take them out of {SPRITE.name}"


def test_an_icon_that_is_named_is_there():
    assert NAMED - set(symbols()) == set(), f"pages name these icons: draw them in {SPRITE.name}"


def test_a_template_takes_icons_only_from_what_is_looked_at_here():
    asked = [found for found in fragments() if "{{" in found]
    assert [found for found in asked if not re.fullmatch(r"(state-|message-)?\{\{ [\w.]+ \}\}", found)] == []
