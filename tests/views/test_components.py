"""The page of components: complete, and only for those who keep the installation."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from measurement.models import Accent, Person
from measurement.rules.sop import RowState
from measurement.views.office.components import samples
from tests.support.pages import logged_in, words


@pytest.fixture
def keeper(kecamatan):
    Person.objects.filter(pk=kecamatan.administrator.pk).update(is_staff=True)
    return logged_in(Person.objects.get(pk=kecamatan.administrator.pk))


def test_every_component_is_shown_once():
    files = sorted(path.stem for path in (settings.BASE_DIR / "templates" / "components").glob("*.html"))
    assert sorted(sample.name for sample in samples()) == files


def test_every_sample_is_drawn_with_its_line(keeper):
    text = words(keeper.get(reverse("components")))
    for sample in samples():
        assert sample.line in text
        assert all(label in text for label in sample.states)


def test_every_state_of_a_row_and_every_accent_is_there(keeper):
    page = keeper.get(reverse("components")).content.decode()
    assert all(f'class="state chip {state.value}"' in page for state in RowState)
    assert all(f'data-accent="{accent.value}"' in page for accent in Accent)


def test_no_identifier_stands_there_twice(keeper):
    page = keeper.get(reverse("components")).content.decode()
    identifiers = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(identifiers) == sorted(set(identifiers))


@pytest.mark.parametrize("who", ["camat", "tim", "asn", "administrator"])
def test_nobody_else_gets_in(kecamatan, who):
    assert logged_in(getattr(kecamatan, who)).get(reverse("components")).status_code == 403
    assert (
        reverse("components") not in logged_in(getattr(kecamatan, who)).get(reverse("inbox")).content.decode()
    )


def test_the_menu_leads_there(keeper):
    assert reverse("components") in keeper.get(reverse("inbox")).content.decode()


def test_an_office_has_no_such_page(keeper, settings):
    settings.SHOW_COMPONENTS = False
    assert keeper.get(reverse("components")).status_code == 404
    assert reverse("components") not in keeper.get(reverse("inbox")).content.decode()


def test_the_rule_of_a_figure_is_folded():
    """On a phone the rule of efficiency took twelve lines before the decision that the page is for."""
    card = render_to_string(
        "components/figure.html", {"label": "Efisiensi", "value": "Efisien", "rule": "capaian − serapan"}
    )
    assert "<details><summary>Cara menilai</summary>capaian − serapan</details>" in card
    assert "<details>" not in render_to_string(
        "components/figure.html", {"label": "Efisiensi", "value": "Efisien"}
    )
