"""The guide (docs/panduan): every page stands in its map, every picture is there, and what it names exists. Its build is tested by test_guide_site."""

import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import reverse

from measurement import guide
from measurement.archiving.srikandi import HEADINGS as SRIKANDI
from measurement.guide.manual import PAGE_OF_JOB
from measurement.plan.table_import.columns import COLUMNS as PLAN
from measurement.spreadsheets.register_export import HEADINGS as REGISTER
from tests.support.pages import logged_in
from tests.support.pictures import FOLDER, MOST_BYTES, PICTURES
from tests.whole.test_architecture import ROOT

PANDUAN = ROOT / "docs" / "panduan"
PAGES = sorted(PANDUAN.glob("*.md"))
MAP = yaml.safe_load((ROOT / "docs" / "mkdocs.yml").read_text())


def files_of(entry) -> list[str]:
    """The files below an entry of the map."""
    if isinstance(entry, str):
        return [entry]
    inside = entry if isinstance(entry, list) else entry.values()
    return [file for one in inside for file in files_of(one)]


def text_of(*names: str) -> str:
    return "\n".join((PANDUAN / f"{name}.md").read_text() for name in names)


def anchors(text: str) -> set[str]:
    return {
        re.sub(r"\W+", "-", heading.lower()).strip("-") for heading in re.findall(r"^##+ (.+)$", text, re.M)
    }


def test_every_page_stands_in_the_map_once():
    assert sorted(files_of(MAP["nav"])) == [page.name for page in PAGES]


def test_every_picture_is_in_the_guide_and_small():
    taken = {f"{picture.name}.png" for picture in PICTURES}
    named = {name for page in PAGES for name in re.findall(r"\]\(gambar/([\w-]+\.png)\)", page.read_text())}
    kept = {path.name: path.stat().st_size for path in FOLDER.glob("*")}
    assert named == taken == set(kept)
    assert {name: size for name, size in kept.items() if size > MOST_BYTES} == {}


def test_every_picture_says_what_it_shows():
    said = [alt for page in PAGES for alt in re.findall(r"!\[(.*?)\]\(", page.read_text())]
    assert all(len(alt) >= 8 for alt in said)
    assert len(said) >= len(PICTURES)


def test_links_of_the_readme_lead_somewhere():
    for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text())
        assert [link for link in links if not (ROOT / link).exists()] == [], name


@pytest.mark.parametrize("job", [job for job in guide.JOBS if job.page], ids=lambda job: job.key)
def test_a_job_of_the_help_leads_to_a_page_of_the_guide(job):
    page, _, anchor = job.page.partition("#")
    text = text_of(page.removesuffix("/"))
    assert page.endswith("/")
    assert not anchor or anchor in anchors(text)


def test_only_jobs_of_the_help_lead_to_the_guide():
    assert PAGE_OF_JOB.keys() - {job.key for job in guide.JOBS} == set()


def test_commands_in_the_guide_exist():
    named = set(
        re.findall(r"(?m)(?:^|`|-- )(?:sakip|manage\.py) ([a-z_]+)", text_of(*(page.stem for page in PAGES)))
    )
    assert named - get_commands().keys() == set()


def test_every_variable_of_the_settings_is_explained():
    read = re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "sakip" / "settings.py").read_text())
    explained = set(re.findall(r"`([A-Z_]{4,})`", text_of("pengaturan")))
    assert set(read) - explained == set()


def test_columns_of_exchanged_files_are_those_of_the_code():
    text = text_of("format")
    assert [column.heading for column in PLAN if f"`{column.heading}`" not in text] == []
    assert [heading for heading in (*SRIKANDI, *REGISTER) if heading not in text] == []


def test_the_help_leads_to_the_guide_once_it_is_built(kecamatan, settings, tmp_path):
    settings.DOCS_ROOT = tmp_path
    asn = logged_in(kecamatan.asn)
    assert "/panduan/" not in asn.get(reverse("help")).content.decode()
    (tmp_path / "panduan").mkdir()
    (tmp_path / "panduan" / "index.html").touch()
    page = asn.get(reverse("help")).content.decode()
    linked = [job for job in guide.JOBS if job.page]
    assert linked
    assert all(f'href="/panduan/{job.page}"' in page for job in linked)


def test_an_installation_without_a_guide_serves_none():
    assert settings.WHITENOISE_ROOT is None
