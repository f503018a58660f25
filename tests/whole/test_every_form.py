"""Every form of every page, for every role and at every step: what is typed into it is kept as a draft, and its buttons say what is being done.

The script takes every form by itself (static/js/drafts.js); here is asked what would make it pass one over. That it works is asked by
tests/whole/test_form_cuts.py in a browser.
"""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from measurement.rules.form_drafts import SECRET
from measurement.rules.sop import ORDER, STEPS, Role
from tests.support.characters import cycle_at
from tests.support.form_reading import DrawnForm, FormsOf, first_word
from tests.support.pages import drained, logged_in
from tests.whole.test_access import ANSWERS

pytestmark = pytest.mark.long
# Texts that are no draft, and why.
NOT_KEPT = {
    "nik": "a number of the person's own, which goes to the provider of signatures and nowhere else",
    "setup_code": "a secret of the console, on the page of an empty installation",
}
SCRIPT = (settings.BASE_DIR / "static" / "js" / "submit.js").read_text()
BUSY = dict(re.findall(r'(\w+): "([A-Z][^"]+)"', SCRIPT.partition("BUSY = {")[2].partition("};")[0]))
KEPT_BY = ("js/cells.js", "js/session.js", "js/drafts.js", "js/submit.js", "data-person=", "data-place=")


def pages_for(client: Client, keys: dict) -> dict[str, str]:
    """The pages that a person may see among all addresses of the site."""
    found = {}
    for name in ANSWERS:
        response = client.get(reverse(name, args=keys.get(name, [])))
        drained(response)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            found[name] = response.content.decode()
    return found


def faults_of_form(form: DrawnForm) -> list[str]:
    nameless = ["a text without a name is not kept" for name in form.typed if not name]
    lost = [
        f"{name} counts as a secret and is not kept"
        for name in form.typed
        if SECRET.search(name) and name not in NOT_KEPT
    ]
    unknown = [
        f"“{label}”: say in BUSY of submit.js what is being done, or by data-busy at the button"
        for label in form.buttons
        if "…" not in label and first_word(label) not in BUSY
    ]
    return nameless + lost + unknown


def faults_of_page(page: str) -> list[str]:
    forms = [form for form in FormsOf(page).forms if "draf/" not in (form.action or "")]
    found = [fault for form in forms for fault in faults_of_form(form)]
    typed = [form for form in forms if form.typed and not form.has_own_autosave]
    if typed and not all(part in page for part in KEPT_BY):
        found.append("the page of a form has no scripts for drafts: extend base.html")
    clashing = [
        form
        for number, form in enumerate(typed)
        for other in typed[:number]
        if form.key == other.key and set(form.typed) & set(other.typed)
    ]
    return found + [f"two forms {form.key} share a draft: give them an id" for form in clashing]


@pytest.mark.parametrize("role", Role)
def test_every_page_keeps_what_is_typed_and_says_what_it_does(everything, role):
    pages = pages_for(logged_in(everything.office.actor(role)), everything.keys)
    assert {name: faults for name, page in pages.items() if (faults := faults_of_page(page))} == {}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_keeps_what_is_typed_and_says_what_it_does(kecamatan, step):
    url = reverse("open_cycle")
    if step != ORDER:
        url = reverse("step", args=[cycle_at(kecamatan, step.key).pk, step.number])
    page = logged_in(kecamatan.actor(step.actor)).get(url, follow=True).content.decode()
    assert faults_of_page(page) == []
    assert FormsOf(page).forms, "the step has a form"


def test_the_judge_sees_what_would_be_lost():
    page = '<form method="post"><input name=""><input name="otp"><button>Frobnikasi</button></form>' * 2
    assert len(faults_of_page(page)) == 8
