"""The code polices itself: what may import what, how long things may be, that tables agree, that pages are Indonesian and hold no code."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from measurement.rules import sop

ROOT = Path(settings.BASE_DIR)
APP = ROOT / "measurement"
MODULES = sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)
PYTHON = [*MODULES, *sorted((ROOT / "sakip").glob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())

PURE = "rules"
LIBRARIES = {
    "weasyprint": {"workers"},
    "docx": {"papers"},
    "openpyxl": {"spreadsheets", "plan", "staff"},
    "import_export": {"plan", "staff"},
    "holidays": {"doors"},
    "pyhanko": {"signing"},
    "bagit": set(),  # the judge in the tests
    "django_fsm": {"models", "doors"},
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part_of(path: Path) -> str:
    """The module or package of the app that a file belongs to; "" for the app itself."""
    return path.relative_to(APP).parts[0].removesuffix(".py").replace("__init__", "")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """What stands below a node of the syntax, without what stands under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for other in child.orelse:
                yield from (other, *_running(other))
            continue
        yield child
        yield from _running(child)


@cache
def imports(path: Path) -> set[str]:
    """Full names of all modules that a file imports when it runs, also inside functions; not what only the type checker reads."""
    found, package = set(), list(path.relative_to(ROOT).parts[:-1])
    for node in _running(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def listed(found: Iterable[str]) -> str:
    """Every offender on a line of its own, below the failure."""
    return "\n".join(["", *found])


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


# Imports


def test_no_room_imports_from_a_room_above_it():
    """The layers stand in pyproject.toml; import-linter reads them and every import, also those inside functions."""
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_every_room_has_its_layer():
    rooms = {part_of(path) for path in MODULES} - {"", "apps"}
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    assert {name.strip() for layer in layers for name in re.split("[|:]", layer)} == {
        f"measurement.{room}" for room in rooms
    }


def test_the_rules_know_no_database():
    """Only the standard library, the clock's zone and the predicates' library."""
    found = {
        name
        for path in MODULES
        if part_of(path) == PURE
        for name in imports(path)
        if not name.startswith("measurement.rules")
    }
    foreign = {name for name in found if name.split(".")[0] not in sys.stdlib_module_names}
    assert foreign <= {"django.utils", "django.utils.timezone", "rules"}


def test_a_library_is_known_in_one_place():
    knowing = {
        library: {
            part_of(path) for path in MODULES if any(name.split(".")[0] == library for name in imports(path))
        }
        for library in LIBRARIES
    }
    assert knowing == LIBRARIES


def test_nobody_calls_a_transition_by_its_name():
    for path in MODULES:
        calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
        named = [call for call in calls if isinstance(call, ast.Attribute) and call.attr in sop.ACTIONS]
        assert [call for call in named if ast.unparse(call.value).endswith("cycle")] == [], name_of(path)


def test_no_state_is_written_as_a_bare_string():
    """States come from sop.State and sop.RowState, except in the triggers' SQL and in migrations."""
    words = {state.value for state in (*sop.State, *sop.RowState)} - {
        "arahan",
        "laporan",
        "evaluasi",
        "rekapitulasi",
        "arsip",
        "rencana",
    }
    for path in MODULES:
        if path.name in ("sop.py", "triggers.py") or part_of(path) == "management":
            continue
        compared = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Compare)]
        literal = {
            part.value
            for node in compared
            for part in (node.left, *node.comparators)
            if isinstance(part, ast.Constant)
        }
        assert not literal & words, name_of(path)


# these three are also fields, contexts and addresses
STEP_KEYS = set(sop.ACTIONS) - {"measure", "report", "archive"}
SPELLED = re.compile(
    rf"langkah \d|\d dari {len(sop.STEPS)}\b|(?:step|number)\b\s*[=!<>]=?\s*(?:[4-9]|1\d)\b", re.IGNORECASE
)


def test_no_step_is_written_as_a_bare_string():
    """A step's key stands in `rules/sop.py`; everything else names the row: PREPARE_METHOD.key."""
    found = [
        f"{name_of(path)}:{node.lineno} {node.value!r}"
        for path in MODULES
        if path.name != "sop.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and node.value in STEP_KEYS
    ]
    assert not found, listed(found)


def test_no_step_is_counted_or_numbered_outside_the_table():
    """Numbers of steps, and how many there are, are asked of `rules/sop.py`: it says "langkah 4" in code and pages alike."""
    code = [
        path
        for path in MODULES
        if path.name != "sop.py" and part_of(path) not in ("published", "spreadsheets")
    ]
    found = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in (*code, *TEMPLATES)
        for number, line in enumerate(re.sub(r"{#.*?#}", "", path.read_text()).splitlines(), start=1)
        if SPELLED.search(line)
    ]
    assert not found, listed(found)


# Sizes


def test_a_python_file_has_at_most_300_lines():
    found = [name_of(path) for path in (*PYTHON, *TESTS) if lines_of(path) > 300]
    assert not found, listed(found)


def test_a_function_has_at_most_50_lines():
    found = [
        f"{name_of(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in (*PYTHON, *TESTS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
    ]
    assert not found, listed(found)


def test_a_module_says_what_it_is_for():
    spoken = [
        path for path in MODULES if path.name not in ("apps.py", "__init__.py") and path.read_text().strip()
    ]
    silent = [name_of(path) for path in spoken if not ast.get_docstring(tree_of(path))]
    assert not silent, listed(silent)


# Names


def test_what_the_linter_overlooks_says_why():
    """A directive reads `noqa: E402 – the reason`. Where a whole file has one reason, pyproject.toml says it (per-file-ignores)."""
    silent = [
        f"{name_of(path)}:{number}"
        for path in [*PYTHON, *TESTS]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* – \S)", line)
    ]
    assert silent == []


def test_a_public_class_or_function_is_defined_once():
    """One name, one thing: what is imported needs no path beside it to be understood."""
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for thing in tree_of(path).body:
            if (
                isinstance(thing, ast.ClassDef | ast.FunctionDef)
                and not thing.name.startswith("_")
                and "commands" not in path.parts
            ):
                homes.setdefault(thing.name, []).append(name_of(path))
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
