"""Konsistensi rencana: what the page shows to whom, and where its links lead."""

from django.urls import reverse

from measurement.models import Indicator, Pagu
from measurement.plan.radar import FindingKind, findings
from measurement.rules.sop import REFERENCE_DOCUMENTS
from tests.plan.test_planning_documents import HEADINGS, ROW, file, post
from tests.support.characters import YEAR, add_indicator, cycle_at
from tests.support.pages import logged_in, words


def test_page_groups_findings_and_leads_to_where_they_are_mended(kecamatan):
    Indicator.objects.filter(name="Jumlah laporan 2").update(owner=None)
    page = logged_in(kecamatan.tim).get(reverse("radar"))
    second = Indicator.objects.get(name="Jumlah laporan 2")
    assert "Indikator “Jumlah laporan 2” belum mempunyai penanggung jawab." in words(page)
    assert f'href="{reverse("indicator", args=[second.pk])}?tahun={YEAR}"' in page.content.decode()
    assert f"jenis={FindingKind.NO_DOCUMENT}" in page.content.decode()


def test_reader_is_not_led_to_the_import(kecamatan):
    assert reverse("plan_import") in logged_in(kecamatan.tim).get(reverse("radar")).content.decode()
    assert reverse("plan_import") not in logged_in(kecamatan.asn).get(reverse("radar")).content.decode()


def test_one_kind_is_shown_alone_and_whole(kecamatan):
    Indicator.objects.update(owner=None)
    page = words(logged_in(kecamatan.asn).get(reverse("radar"), {"jenis": FindingKind.NO_OWNER}))
    assert "Jumlah laporan 2" in page
    assert "belum diunggah, jadi" not in page


def test_kind_without_findings_says_so(kecamatan):
    page = words(logged_in(kecamatan.asn).get(reverse("radar"), {"jenis": FindingKind.PAGU}))
    assert "Tidak ada temuan jenis ini" in page


def test_branch_is_found_by_its_anchor_on_the_plan(kecamatan):
    Pagu.objects.all().delete()
    found = next(f for f in findings(kecamatan.plan, YEAR) if f.kind == FindingKind.UNPAIRED)
    client = logged_in(kecamatan.asn)
    anchor = f"cabang-{found.mend.key}"
    assert f"#{anchor}" in client.get(reverse("radar")).content.decode()
    assert f'id="{anchor}"' in client.get(reverse("plan")).content.decode()


def test_plan_names_the_number_of_findings(kecamatan):
    assert f"Konsistensi ({len(findings(kecamatan.plan, YEAR))} temuan)" in words(
        logged_in(kecamatan.asn).get(reverse("plan"))
    )


def test_without_findings_the_page_is_calm(kecamatan):
    nodes = kecamatan.plan.nodes.exclude(pk=kecamatan.sub.pk)
    upper = [
        [node.code, node.name, add_indicator(kecamatan, f"Indikator {node.level}", node=node).name]
        for node in nodes
    ]
    rows = [HEADINGS, ROW, ["", "", "Jumlah laporan 2"], *upper]
    for kind in REFERENCE_DOCUMENTS:
        post(kecamatan.tim, file(rows), kind)
    page = words(logged_in(kecamatan.asn).get(reverse("radar")))
    assert "0 temuan" in page
    assert "Tidak ada temuan" in page
    assert "dengan DPA, Renstra, Renja, Perjakin, IKU, IKI." in page


def test_methodology_step_leads_to_the_year_of_its_cycle(kecamatan):
    page = logged_in(kecamatan.tim).get(reverse("step", args=[cycle_at(kecamatan, "prepare_method").pk, 4]))
    assert f'href="{reverse("radar")}?rencana={kecamatan.plan.pk}&amp;tahun={YEAR}"' in page.content.decode()


def test_only_who_keeps_the_plan_is_asked_to_mend(kecamatan):
    pages = [words(logged_in(person).get(reverse("radar"))) for person in (kecamatan.tim, kecamatan.asn)]
    assert [("Perbaiki :" in page, "Unggah :" in page, "Lihat :" in page) for page in pages] == [
        (True, True, False),
        (False, False, True),
    ]
