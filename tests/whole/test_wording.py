"""Every page of every person at every step: formal Indonesian, no English word, nothing of the code's own names."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from measurement.models import Appointment, Person, PlanNode, Unit
from measurement.rules.sop import Role
from measurement.rules.sop_edition import KIND_BY_KEY, Sop
from tests.support.characters import ALL_STEPS, Office, cycle_at
from tests.support.crawling import reach
from tests.support.pages import drained, logged_in
from tests.support.wording import faults_in, faults_of
from tests.whole.test_architecture import ROOT, name_of

pytestmark = pytest.mark.long
# as whole words of a sentence, not as an example in a help text or a role's key in markup
WORDS_OF_A_KECAMATAN = re.compile(r"(?<![Mm]isalnya )\b(Camat|Sekcam|Sekretaris Kecamatan)\b(?! Sukamaju)")
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


def page_of(client: Client, url: str) -> str | None:
    """The page at an address; None for a file, a refusal or nothing."""
    response = drained(client.get(url, follow=True))
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return response.content.decode() if is_page else None


def faults_for(client: Client, start: str = "/") -> set[str]:
    """What is wrong on all pages below this address that lead on from it."""
    pages = reach(lambda url: page_of(client, url), start, start)
    return {f"{url}: {fault}" for url, page in pages.items() for fault in faults_in(page)}


def of_kelurahan(office: Office) -> None:
    """The office becomes a kelurahan; its people and posts say nothing of a kecamatan."""
    sop = Sop.of_kind(
        KIND_BY_KEY["kelurahan"], number="065/9/2026", legal_basis=("Peraturan Uji tentang Uji",)
    )
    office.unit.sop_editions.update(facts=sop.facts())
    office.unit.__dict__.pop("sop", None)
    Unit.objects.update(name="Kelurahan Uji")
    Person.objects.update(name="Pegawai Uji")
    Appointment.objects.update(title="Pejabat Uji")


@pytest.fixture
def plain(kecamatan) -> Office:
    """The office, with branches that are called something."""
    PlanNode.objects.update(name="Cabang uji")
    return kecamatan


@pytest.mark.parametrize("step", ["measure", None])
@pytest.mark.parametrize("role", Role)
def test_every_page_speaks_indonesian(plain, role, step):
    cycle_at(plain, step)
    assert faults_for(logged_in(plain.actor(role))) == set()


@pytest.mark.parametrize("step", ALL_STEPS[1:])
def test_a_cycle_speaks_indonesian_at_every_step(plain, step):
    start = reverse("cycle", args=[cycle_at(plain, step).pk])
    assert set.union(*(faults_for(logged_in(plain.actor(role)), start) for role in Role)) == set()


@pytest.mark.parametrize("role", Role)
def test_a_kelurahan_is_nowhere_spoken_to_as_a_kecamatan(plain, role):
    """No page and no message says Camat or Sekcam to an office that is led by a Lurah."""
    of_kelurahan(plain)
    cycle_at(plain, None)
    client = logged_in(plain.actor(role))
    pages = reach(lambda url: page_of(client, url), "/", "/")
    said = [url for url, page in pages.items() if WORDS_OF_A_KECAMATAN.search(page)]
    # where its words are asked for, and where official names of the nomenclature speak of it
    asked = [
        url for url in said if not url.endswith("?jenis=kecamatan") and "/rencana/nomenklatur/" not in url
    ]
    assert asked == []


@pytest.mark.parametrize("path", ["/masuk/", "/v/", "/v/00000000000000000000000000000000/", "/tidak-ada/"])
def test_what_strangers_see_speaks_indonesian(db, path):
    assert faults_in(Client().get(path, follow=True).content.decode()) == []


def test_a_refused_form_speaks_indonesian(kecamatan):
    client, cycle = logged_in(kecamatan.administrator), cycle_at(kecamatan, "brief")
    refused = [
        client.post(reverse(name), {})
        for name in ("add_person", "password_change", "check_table", "plan_import")
    ]
    refused += [
        logged_in(kecamatan.sekcam).post(reverse("step", args=[cycle.pk, 2]), {}),
        Client().post(reverse("login"), {"username": "x"}),
    ]
    assert [fault for response in refused for fault in faults_in(response.content.decode())] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_speaks_indonesian(path):
    """What a script could write on a page: its texts that begin with a capital letter."""
    texts = re.findall(
        r"""["'`]([A-Z“][^"'`\n]*)["'`]""",
        re.sub(r"/\*.*?\*/|\$\{[^}]*\}", " ", path.read_text(), flags=re.DOTALL),
    )
    names = {
        "Enter",
        "Escape",
        "ArrowDown",
        "ArrowUp",
        "Files",
        "POST",
        "GET",
        "INPUT",
        "SELECT",
        "TEXTAREA",
        "DETAILS",
    }
    assert [fault for text in texts if text not in names for fault in faults_of(text)] == []


@pytest.mark.parametrize(
    "piece",
    [
        "Please wait",
        "Status: dikembalikan_1",
        "Capaian None",
        "{{ total }}",
        "Batas 2026-10-06",
        "Capaian 12.5",
        "Nilai 98.76 %",
        "<Person object>",
    ],
)
def test_a_fault_is_noticed(piece):
    assert faults_of(piece)


@pytest.mark.parametrize(
    "piece",
    [
        "Tersimpan 10.42",
        "Rp1.250.000",
        "7.01.02.2.01",
        "98,76 %",
        "berkas kertas_kerja.xlsx",
        "asn_1@contoh.go.id",
    ],
)
def test_indonesian_writing_is_no_fault(piece):
    assert faults_of(piece) == []
