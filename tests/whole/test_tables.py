"""Tables over the same things have the same keys: a step, a move, a paper or a method without its part is named."""

import pytest
from django.template.loader import get_template

from measurement import papers
from measurement.forms.steps.step_forms import STEP_FORMS
from measurement.guide.steps import STEP_HELP
from measurement.management.demo.words import LAST_STEPS
from measurement.models.transitions import CycleTransitions
from measurement.rules import permissions, requirements, sop
from measurement.views.steps.step_page import PAGES
from tests.whole.test_architecture import listed

# Tables with the same keys


# steps that are done elsewhere than on the step's page
OWN_PAGES = {sop.ORDER: "open_cycle", sop.MEASURE: "worksheet"}


# what the demonstration writes until step 6 stands in texts of its own
SPOKEN_EARLIER = sop.STEPS[: sop.STEPS.index(sop.RECAPITULATE)]
SPOKEN = {action for _, _, action, _ in LAST_STEPS}


PARTS_OF_A_STEP = {
    "a method of its key in models/transitions.py": lambda step: hasattr(CycleTransitions, step.key),
    "a row in rules/requirements.CHECKS": lambda step: step.key in requirements.CHECKS,
    "an actor in rules/permissions.PERFORM": lambda step: step.key in permissions.PERFORM,
    "a form in forms/steps/step_forms.STEP_FORMS": lambda step: step in OWN_PAGES or step.key in STEP_FORMS,
    "its help in guide/steps.STEP_HELP": lambda step: step.key in STEP_HELP,
    "a kind of paper in papers/registry.KINDS": lambda step: step.output in papers.KINDS,
    "its words in management/demo/words.LAST_STEPS": lambda step: (
        step in SPOKEN_EARLIER or step.key in SPOKEN
    ),
    "the words of its button and receipt in rules/sop.STEPS": lambda step: step.action and step.done,
}


def test_every_step_is_whole():
    missing = [
        f"step “{step.key}” needs {part}"
        for step in sop.STEPS
        for part, is_there in PARTS_OF_A_STEP.items()
        if not is_there(step)
    ]
    assert not missing, listed(missing)


def test_nothing_is_registered_for_a_step_that_is_not_there():
    assert set(requirements.CHECKS) == set(permissions.PERFORM) == set(sop.ACTIONS)
    assert set(PAGES) <= set(STEP_FORMS) <= set(sop.STEP_BY_KEY)
    assert set(STEP_HELP) == set(sop.STEP_BY_KEY)


def test_tables_over_the_row_moves_agree():
    assert set(permissions.MOVE_ROW) == set(sop.ROW_MOVES)


def test_every_output_has_its_paper():
    assert set(papers.KINDS) >= set(sop.Output) == {step.output for step in sop.STEPS}
    nobodys = {
        key for key, kind in papers.KINDS.items() if key not in set(sop.Output) and kind.issued_by is None
    }
    assert not nobodys, f"say in `issued_by` of their KIND who issues {nobodys}"


@pytest.mark.parametrize("kind", papers.KINDS.values(), ids=papers.KINDS)
def test_every_paper_has_its_template(kind):
    assert get_template(f"print/{kind.template}")


def test_roles_and_states_of_the_table_are_whole():
    assert set(sop.ROLE_NAMES) == set(sop.Role)
    assert [step.number for step in sop.STEPS] == list(range(1, len(sop.STEPS) + 1))
    assert [step.target for step in sop.STEPS] == [*(step.source for step in sop.STEPS[1:]), sop.State.ARSIP]
    assert {state for move in sop.ROW_MOVES.values() for state in move.sources} <= set(sop.RowState)
