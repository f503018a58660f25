"""Step 4: six documents or the reason why not, and every indicator defined."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.models import Indicator, IndicatorDefinition
from tests.support.characters import cycle_at
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import PDF
from tests.support.step_pages import REFERENCE, SENTENCE, address, perform, snapshot, typed


def test_tim_sakip_can_upload_a_reference_document(kecamatan):
    cycle, client = cycle_at(kecamatan, "prepare_method"), logged_in(kecamatan.tim)
    REFERENCE.seek(0)
    submit(client, address(cycle), **{"file-dpa": REFERENCE})
    document = cycle.reference_documents.get(kind="dpa")
    download = client.get(reverse("reference", args=[document.pk]))
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Disposition"].startswith("attachment")


def test_an_uploaded_document_stays_when_the_page_is_saved_again(kecamatan):
    cycle, client = cycle_at(kecamatan, "prepare_method"), logged_in(kecamatan.tim)
    REFERENCE.seek(0)
    submit(client, address(cycle), **{"file-dpa": REFERENCE})
    submit(client, address(cycle), method_note="Catatan lain.")
    assert cycle.reference_documents.get(kind="dpa").file is not None


def test_a_bad_reference_document_is_refused_and_the_texts_stay(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    before = snapshot(cycle)
    bad = {"file-renja": SimpleUploadedFile("renja.pdf", b"MZ program"), "explanation-dpa": SENTENCE}
    response = submit(logged_in(kecamatan.tim), address(cycle), **bad)
    assert response.status_code == 422
    assert "bukan PDF yang sebenarnya" in words(response)
    assert form_of(response)["explanation-dpa"] == SENTENCE
    assert snapshot(cycle) == before


def test_explanations_stand_in_for_documents(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    assert "Unggah Dokumen Pelaksanaan Anggaran (DPA)" in words(logged_in(kecamatan.tim).get(address(cycle)))
    submit(logged_in(kecamatan.tim), address(cycle), **typed(kecamatan, cycle))
    assert "Unggah Dokumen Pelaksanaan" not in words(logged_in(kecamatan.tim).get(address(cycle)))


def test_an_explanation_can_be_taken_back(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(logged_in(kecamatan.tim), address(cycle), **typed(kecamatan, cycle))
    submit(logged_in(kecamatan.tim), address(cycle), **{"explanation-dpa": ""})
    assert not cycle.reference_documents.get(kind="dpa").is_settled


def test_tim_sakip_can_mark_many_indicators_as_smart(kecamatan):
    first, second = kecamatan.indicators
    Indicator.objects.update(**dict.fromkeys(IndicatorDefinition.SMART))
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(logged_in(kecamatan.tim), address(cycle), indicator=[str(first.pk)], action="smart")
    assert Indicator.objects.get(pk=first.pk).smart_answers == [True] * 5
    assert Indicator.objects.get(pk=second.pk).smart_answers == [None] * 5


def test_indicators_of_another_office_cannot_be_marked(kecamatan, neighbour):
    Indicator.objects.update(**dict.fromkeys(IndicatorDefinition.SMART))
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(
        logged_in(kecamatan.tim),
        address(cycle),
        indicator=[str(neighbour.indicators[0].pk), "x", "9" * 30],
        action="smart",
    )
    assert Indicator.objects.get(pk=neighbour.indicators[0].pk).smart_answers == [None] * 5


def test_an_indicator_without_a_definition_keeps_step_4_open(kecamatan):
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(source="", owner=None)
    cycle = cycle_at(kecamatan, "prepare_method")
    response = perform(kecamatan, cycle)
    assert response.status_code == 422
    assert "“Jumlah laporan 1” belum lengkap: sumber data, penanggung jawab yang masih bertugas." in words(
        response
    )
