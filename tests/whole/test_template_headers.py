"""The header of every template says what it takes: no more and no less than it uses (tests/support/template_names.py).

That a page hands over what its template takes is checked wherever a test draws it (tests/support/strict_templates.py).
"""

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests.support.strict_templates import UndefinedInTemplate
from tests.support.template_names import (
    forwarded_names,
    header,
    header_of,
    includes,
    inherited_names,
    needed_names,
    template,
)
from tests.whole.test_architecture import ROOT, TEMPLATES

NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]


def drawn(source: str, **context) -> str:
    return engines["ours"].from_string(source).render(context)


def listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


def test_every_template_says_what_it_takes():
    assert [name for name in NAMES if header_of(template(name).source) is None] == []


def test_a_template_uses_nothing_but_what_its_header_names():
    used = {name: needed_names(name) - header(name).names - inherited_names(name) for name in NAMES}
    assert [
        f"{name} uses {listed(names)}: its header does not say so" for name, names in used.items() if names
    ] == []


def test_a_template_uses_everything_that_its_header_names():
    unused = {name: header(name).names - needed_names(name) - forwarded_names(name) for name in NAMES}
    assert [
        f"{name} says that it takes {listed(names)}, and doesn't use it"
        for name, names in unused.items()
        if names
    ] == []


def test_an_include_hands_over_what_the_included_template_takes():
    wrong = []
    for name in NAMES:
        for node in includes(name):
            taken, given = header(node.template.var), set(node.extra_context)
            lacking = taken.required - given if node.isolated_context else set()
            if lacking or given - taken.names:
                wrong.append(
                    f"{name} includes {node.template.var}: lacks {listed(lacking)}; not taken: {listed(given - taken.names)}"
                )
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "required", "optional"),
    [
        ("{# A bar. Takes value (0–150), label; maybe kind (of two), long. #}", "value label", "kind long"),
        ("{# Too late. Takes maybe sentences. #}", "", "sentences"),
        ("{# A line. Takes nothing. #}", "", ""),
    ],
)
def test_a_header_names_what_is_required_and_what_may_be_missing(source, required, optional):
    found = header_of(source)
    assert found.required == set(required.split())
    assert found.optional == set(optional.split())


def test_a_comment_that_does_not_say_what_is_taken_is_no_header():
    assert header_of("{# A bar. #}<p>") is None
    assert header_of("<p>") is None


@pytest.mark.parametrize(
    "source", ["{{ nmae }}", "{{ row.nmae }}", "{% with x=nmae %}{{ x }}{% endwith %}", "{{ nmae|upper }}"]
)
def test_an_undefined_variable_fails_where_it_is_printed(source):
    with pytest.raises(UndefinedInTemplate, match="nmae"):
        drawn(source, name="Camat", row={"name": "Camat"})


def test_a_condition_may_ask_for_what_is_not_there():
    assert drawn("{% if maybe %}ya{% else %}tidak{% endif %}") == "tidak"


def test_a_template_that_gets_less_than_its_header_names_fails():
    with pytest.raises(UndefinedInTemplate, match="components/bar.html takes label, value"):
        render_to_string("components/bar.html", {"kind": "serapan"})
