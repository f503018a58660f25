"""Lines that are drawn by their kind are what Django would draw."""

import pytest
from django.template import Context, Engine, Template
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from measurement.views import stencils
from measurement.views.stencils import Refused, Stencil
from tests.support.characters import cycle_at
from tests.support.pages import logged_in

LINE = """{{ name }}{% if note %} ({{ note }}){% endif %}{% for one in parts %}{% if one.text or one.is_open %}
<li class="{{ one.kind }}">{{ one.text|default:"–" }}{% if not forloop.last %};{% endif %}</li>{% endif %}{% empty %}none{% endfor %}
{{ parts|length }} {{ words|join:"; " }}{% if name and not note %}!{% endif %}"""


class Drawn:
    """Stands for a template of the folder."""

    def __init__(self, source: str):
        self.template = Template(source, engine=Engine())

    def render(self, line):
        return self.template.render(Context(line))


def stencil_of(monkeypatch, source: str) -> tuple[Stencil, Drawn]:
    drawn = Drawn(source)
    monkeypatch.setattr(stencils, "get_template", lambda name: drawn)
    return Stencil("line.html"), drawn


words = st.text(st.sampled_from("ab <>&\"'0–\ue000\ue001\ue002"), max_size=6)
parts = st.fixed_dictionaries({"text": words, "kind": words, "is_open": st.booleans()})
lines = st.fixed_dictionaries(
    {
        "name": words,
        "note": words,
        "parts": st.lists(parts, max_size=3),
        "words": st.lists(words | words.map(mark_safe), max_size=3),
    }
)


@given(st.lists(lines, min_size=1, max_size=6))
def test_lines_are_what_django_draws(many):
    with pytest.MonkeyPatch.context() as patch:
        stencil, drawn = stencil_of(patch, LINE)
        for line in many:
            assert stencil.draw(**line) == drawn.render(line)


def test_only_the_first_line_of_a_kind_is_drawn_by_django(monkeypatch):
    stencil, drawn = stencil_of(monkeypatch, LINE)
    line = {"note": "", "parts": [], "words": []}
    stencil.draw(name="satu", **line)
    monkeypatch.setattr(drawn, "render", None)
    assert stencil.draw(name="dua & tiga", **line).startswith("dua &amp; tiga")


@pytest.mark.parametrize(
    "source",
    [
        '{% if name == "satu" %}x{% endif %}',
        '{% if "s" in name %}x{% endif %}',
        "{{ name|upper }}",
        "{{ name|length }}",
        "{% for letter in name %}{{ letter }}{% endfor %}",
        "{{ name.0 }}",
    ],
)
def test_what_is_done_to_a_word_beside_printing_it_is_refused(monkeypatch, source):
    stencil, _ = stencil_of(monkeypatch, source)
    with pytest.raises(Refused):
        stencil.draw(name="satu")


def test_only_plain_data_is_drawn(monkeypatch, db, kecamatan):
    stencil, _ = stencil_of(monkeypatch, "{{ unit }}")
    with pytest.raises(TypeError, match="Unit"):
        stencil.draw(unit=kecamatan.unit)


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("asn", "kertas-kerja/"),
        ("asn", "kertas-kerja/semua/"),
        ("tim", "kertas-kerja/semua/"),
        ("camat", "rekap/"),
    ],
)
def test_the_lines_of_pages_are_what_django_draws(kecamatan, monkeypatch, who, page):
    cycle = cycle_at(kecamatan, "measure")
    seen = []
    by_kind = Stencil.draw

    def compared(self, **line):
        found = by_kind(self, **line)
        assert found == get_template(self.template).render(line)
        seen.append(self.template)
        return found

    monkeypatch.setattr(Stencil, "draw", compared)
    person = getattr(kecamatan, who)
    for _ in range(2):
        response = logged_in(person).get(f"/siklus/{cycle.pk}/{page}")
        assert response.status_code == 200
    assert seen
