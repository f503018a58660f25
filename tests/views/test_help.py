"""Help: every page says in a sentence what to do, and its own help, the SOP and the terms are one click away."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from measurement import guide
from measurement.guide.steps import STEP_HELP
from measurement.models import Unit
from measurement.rules import sop
from measurement.rules.sop import Role
from measurement.views.start.errors import PAGES, error_page
from tests.support.characters import SOP, cycle_at, person, walk
from tests.support.pages import drained, logged_in, words
from tests.whole.test_access import ANSWERS, PUBLIC, named_urls
from tests.whole.test_architecture import ROOT, TEMPLATES, listed
from tests.whole.test_templates import ENGLISH, assert_none

NEED_NONE = {"sop", "help", "terms", "components"}
ERRORS = ("403_csrf", "registration/locked")
HEADED = [
    path
    for path in TEMPLATES
    if "print" not in path.parts and "{% block heading %}" in path.read_text() and path.name != "base.html"
]


def lead(page: str) -> str:
    """The sentence below the one heading of a page."""
    assert len(re.findall(r"<h1\b", page)) == 1
    head = page.partition("<h1")[2].partition("</header>")[0]
    found = re.search(r"</h1>\s*<p[^>]*>(.*?)</p>", head, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", found[1])).split()) if found else ""


def is_sentence(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z0-9“].{15,}\.", text))


def pages_of(client: Client, keys: dict, names) -> dict[str, str]:
    """The pages among the addresses, as they are drawn."""
    found = {}
    for name in names:
        response = client.get(reverse(name, args=keys.get(name, [])))
        drained(response)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            found[name] = response.content.decode()
    return found


# Every page


@pytest.mark.parametrize("role", Role)
def test_every_page_says_in_a_sentence_what_to_do_and_has_its_help(everything, role):
    pages = pages_of(logged_in(everything.office.actor(role)), everything.keys, ANSWERS)
    assert {name: lead(page) for name, page in pages.items() if not is_sentence(lead(page))} == {}
    assert pages.keys() - guide.PLACES.keys() - NEED_NONE == set()


def test_pages_without_a_login_say_it_too(everything):
    read_by_people = PUBLIC - {
        "alive",
        "emblem",
        "ready",
        "session_state",
        "manifest",
        "service_worker",
        "api_schema",
    }
    pages = pages_of(Client(), everything.keys, read_by_people)
    assert pages.keys() == read_by_people
    assert {name: lead(page) for name, page in pages.items() if not is_sentence(lead(page))} == {}


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_that_refuses_says_it_too(name):
    assert is_sentence(lead(render_to_string(f"{name}.html")))


@pytest.mark.parametrize("status", PAGES)
def test_a_page_for_what_went_wrong_says_it_too(status):
    assert is_sentence(lead(error_page(None, status).content.decode()))


def test_a_step_says_it_while_it_is_open(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    while cycle.step:
        step = cycle.step
        for who in (kecamatan.actor(step.actor), kecamatan.asn):
            pages = pages_of(
                logged_in(who),
                {"step": [cycle.pk, step.number], "worksheet": [cycle.pk]},
                ("step", "worksheet", "inbox"),
            )
            assert {name: lead(page) for name, page in pages.items() if not is_sentence(lead(page))} == {}, (
                step.key
            )
        following = next((other.key for other in sop.STEPS if other.number == step.number + 1), None)
        cycle = walk(kecamatan, cycle, following)


def test_an_office_that_has_nothing_yet_is_told_so(kecamatan):
    values = {
        field.name: getattr(kecamatan.unit, field.name)
        for field in Unit._meta.fields
        if field.name not in ("id", "code")
    }
    newcomer = person(
        "baru", Unit.objects.create(code="416-999", **values), Role.TIM_SAKIP, Role.ADMINISTRATOR
    )
    bare = (
        "inbox",
        "cycles",
        "plan",
        "revisions",
        "radar",
        "planning_documents",
        "opening",
        "archive",
        "people",
        "signatures",
        "search",
    )
    pages = pages_of(logged_in(newcomer), {}, bare)
    assert pages.keys() == set(bare)
    assert {name: lead(page) for name, page in pages.items() if not is_sentence(lead(page))} == {}


def headings_without_sentence(path: Path) -> list[str]:
    block = path.read_text().partition("{% block heading %}")[2].partition("{% endblock heading %}")[0]
    return [
        below for below in block.split("</h1>")[1:] if not re.match(r"\s*(?:{%[^%]*%}\s*)*<p>[^<]", below)
    ]


def test_a_template_with_a_heading_has_its_sentence():
    assert_none(HEADED, headings_without_sentence)


# Which help belongs where


def test_every_place_of_the_help_is_there():
    keys = [job.key for job in guide.JOBS] + [key for key, _, _ in guide.PARTS]
    assert len(keys) == len(set(keys))
    assert {guide.help_place_of(name, {"number": 5}) for name in guide.PLACES} <= set(keys)
    assert {f"langkah-{step.number}" for step in sop.STEPS} <= set(keys)


def test_only_addresses_that_exist_have_a_place():
    assert guide.PLACES.keys() <= set(named_urls())


@pytest.mark.parametrize(
    ("name", "keys", "anchor"),
    [("worksheet", [], "kertas-kerja"), ("step", [4], "langkah-4"), ("recap", [], "capaian")],
)
def test_the_foot_of_a_page_leads_to_its_own_help(measuring_office, name, keys, anchor):
    client = logged_in(measuring_office.asn)
    page = client.get(reverse(name, args=[measuring_office.cycle.pk, *keys])).content.decode()
    url = f"{reverse('help')}?buka={anchor}#{anchor}"
    assert f'<a href="{url}">Bantuan halaman ini</a>' in page
    opened = client.get(url).content.decode()
    assert re.findall(r'<details open>.*?<div id="([\w-]+)"', opened, flags=re.DOTALL) == [anchor]


def test_help_that_does_not_exist_opens_nothing(kecamatan):
    response = logged_in(kecamatan.asn).get(reverse("help"), {"buka": "<tidak ada>"})
    assert "<details open>" not in response.content.decode()
    assert "Bantuan halaman ini" in words(response)


# What it says


def sentences() -> list[str]:
    jobs = [text for job in guide.JOBS for text in (job.until, *job.how, job.then, *job.mistakes)]
    return jobs + [text for term in guide.TERMS for text in (term.meaning, *term.lines)]


def test_the_help_speaks_in_whole_indonesian_sentences():
    english = set(ENGLISH.split())
    broken = [text for text in sentences() if not re.fullmatch(r"[A-Z0-9−].*[.”]", text)]
    foreign = [text for text in sentences() if set(re.findall(r"[a-z]+", text.lower())) & english]
    assert not broken + foreign, listed(broken + foreign)


def test_a_job_says_who_how_and_what_comes_next():
    assert all(job.who and job.until and job.how and job.then for job in guide.JOBS)


def test_every_step_has_its_help():
    said = [job.step for job in guide.JOBS if job.step]
    assert said == list(sop.STEP_BY_KEY), (
        "guide/steps.py: STEP_HELP must say how each step of the SOP is done"
    )
    assert STEP_HELP.keys() == sop.STEP_BY_KEY.keys(), (
        "guide/steps.py: STEP_HELP has help for no step of the SOP"
    )


def test_the_help_on_a_step_names_actor_and_time_of_the_sop():
    measure, archive = (next(job for job in guide.JOBS if job.step == key) for key in ("measure", "archive"))
    assert (measure.who, measure.until.partition(",")[0]) == ("Seluruh ASN", "Waktu baku 1 hari kerja")
    assert archive.until.startswith("SOP tidak menetapkan waktu baku")


def test_the_sop_is_shown_in_the_columns_of_the_paper(kecamatan):
    page = logged_in(kecamatan.asn).get(reverse("sop")).content.decode()
    rows = re.findall(r'<tr id="langkah-(\d+)">(.*?)</tr>', page, flags=re.DOTALL)
    assert [int(number) for number, _ in rows] == [step.number for step in sop.STEPS]
    for step, (_, row) in zip(sop.STEPS, rows, strict=True):
        cells = re.findall(r'<td class="actor" data-label="([^"]+)">(.*?)</td>', row, flags=re.DOTALL)
        assert [label for label, cell in cells if "Pelaksana" in cell] == [SOP.label(step.actor)]
        assert len(cells) == len(sop.ACTORS)
    assert "515 menit dan 3 hari" in page
    assert all(basis in page for basis in SOP.legal_basis)


WANTED = """
    capaian realisasi target predikat serapan efisiensi pagu iku iki renstra renja dpa perjakin smart arah-naik arah-turun sifat-kumulatif
    sifat-rata-rata sifat-posisi-akhir putaran arahan petikan plh plt asli-dan-utuh
"""


def test_every_term_has_its_own_anchor(kecamatan):
    page = logged_in(kecamatan.asn).get(reverse("terms")).content.decode()
    keys = [term.key for term in guide.TERMS]
    assert len(keys) == len(set(keys))
    assert set(WANTED.split()) <= set(keys)
    assert re.findall(r'<dt id="([\w-]+)">', page) == keys


def test_links_to_help_and_terms_lead_somewhere():
    text = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    assert set(re.findall(r"{% url 'terms' %}#([\w-]+)", text)) <= {term.key for term in guide.TERMS}
    assert set(re.findall(r"{% url 'help' %}#([\w-]+)", text)) <= {job.key for job in guide.JOBS}


def test_the_ways_to_measure_are_explained_with_their_formulas(kecamatan):
    said = words(logged_in(kecamatan.asn).get(reverse("terms")))
    for formula in (
        "realisasi ÷ target × 100",
        "(2 × target − realisasi) ÷ target × 100",
        "skor realisasi ÷ skor target × 100",
    ):
        assert formula in said


def test_the_sop_page_draws_the_machine_of_a_cycle(kecamatan):
    """Every move of the machine stands in it once, those back as well."""
    page = logged_in(kecamatan.asn).get(reverse("sop"))
    drawn = page.context["graph"]
    assert [state["label"] for state in drawn["states"]] == [
        state.value.capitalize() for state in sop.State if state != sop.State.DICABUT
    ]
    assert [move["label"] for move in drawn["moves"]] == [SOP.action_label(action) for action in sop.ACTIONS]
    assert [move["is_back"] for move in drawn["moves"]].count(True) == 1
