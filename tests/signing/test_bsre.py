"""Signing at the certified provider: what is sent, what each answer means, nothing repeated, and no secret kept anywhere."""

import io
import re
import socket
import traceback
from functools import cache

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from measurement.files import absolute
from measurement.models import PaperSetting, SigningAttempt
from measurement.papers.issue import paper_file
from measurement.papers.render import html_to_pdf
from measurement.rules.sop import Output
from measurement.signing import attempts
from measurement.signing.bsre import Bsre
from measurement.signing.interface import OutcomeUnknown, SigningRefused, SigningRequest
from tests.support.bsre_stub import NIK, NUMBER, PASSPHRASE, running
from tests.support.characters import open_cycle
from tests.support.signed_files import Authority, authority, camat

Outcome = SigningAttempt.Outcome
SECRETS = (NIK, PASSPHRASE, "sandi-kantor-71")
SLOW = {"hangs", "drips"}
BOX = '<p>Naskah uji</p><div id="ttd-1" style="margin: 40mm 0 0 30mm; width: 62mm; height: 19mm"></div>'
REFUSED = {
    "returns_unsigned": "tanpa tanda tangan",
    "does_not_know": "NIK ini belum terdaftar",
    "has_expired": "BSrE menolak: Sertifikat ••• kedaluwarsa, sandi ••• xxx",
    "fails_with_code": "Passphrase salah",
    "is_elsewhere": "Alamat BSrE pada pengaturan tidak tepat",
    "has_moved": "Alamat BSrE pada pengaturan tidak tepat",
}
UNKNOWN = {
    "returns_another": "bukan naskah ini",
    "returns_rewritten": "bukan naskah ini",
    "returns_changed": "tidak utuh",
    "returns_broken": "tidak utuh",
    "signs_twice": "lebih dari satu tanda tangan baru",
    "fails": "galat 500",
    "is_away": "galat 503",
    "was_found": "galat 302",
    "answers_html": "bukan naskah yang ditandatangani",
    "answers_strange_json": "bukan naskah yang ditandatangani",
    "answers_deep_json": "bukan naskah yang ditandatangani",
    "hangs": "sampai batas waktu",
    "drips": "sampai batas waktu",
    "hangs_up": "terputus",
    "breaks_off": "terputus",
    "announces_5_gb": "terlalu besar",
    "sends_endless_headers": "terputus",
}


@cache
def unsigned() -> bytes:
    return html_to_pdf(f'<html lang="id"><title>Naskah uji</title>{BOX}')


@pytest.fixture(params=[1, 2], ids=["v1", "v2"])
def provider(request, settings):
    """The stub under either version of the API, as the settings know it."""
    settings.BSRE_USER, settings.BSRE_PASSWORD, settings.BSRE_VERSION = (
        "kantor",
        "sandi-kantor-71",
        request.param,
    )
    settings.BSRE_SECONDS = 60
    with running() as stub:
        settings.BSRE_URL = stub.url
        yield stub


@pytest.fixture
def signer(kecamatan):
    """The Camat, asked to sign the nota dinas at the certified provider."""
    PaperSetting.objects.create(unit=kecamatan.unit, kind=Output.NOTA_DINAS_PERINTAH, method="bsre")
    return open_cycle(kecamatan).papers.get().signers.get()


@pytest.fixture(autouse=True)
def no_secret_is_kept(db, capfd, caplog):
    """After every test: neither the database nor any output knows what the signer typed."""
    yield
    dump = io.StringIO()
    call_command("dumpdata", "measurement", stdout=dump)
    kept = "".join((dump.getvalue(), caplog.text, *capfd.readouterr()))
    assert not [secret for secret in SECRETS if secret in kept]


def request_for(signer, **changes) -> SigningRequest:
    given = {"pdf": unsigned(), "secret": PASSPHRASE, "national_id": NIK}
    return SigningRequest(signer, signer.person, at=timezone.now(), **given | changes)


def told(signer, error, **changes) -> str:
    """What a failing request says, after a look at everything that a log or a debug page could show of it."""
    with pytest.raises(error) as caught:
        Bsre().sign(request_for(signer, **changes))
    assert not [secret for secret in SECRETS if secret in "".join(traceback.format_exception(caught.value))]
    return str(caught.value)


def attempt_of(signer) -> SigningAttempt:
    return SigningAttempt.objects.get(signer=signer)


def test_a_request_shows_no_secret_of_itself(signer):
    assert not [secret for secret in SECRETS if secret in repr(request_for(signer))]


def test_a_paper_comes_back_signed(provider, signer):
    signed = Bsre().sign(request_for(signer))
    assert signed.pdf.startswith(unsigned())
    assert signed.fingerprint == camat().fingerprint
    assert signed.remark == "Sertifikat atas nama Camat Uji"


def test_the_attempt_stays_open_until_the_file_is_stored(provider, signer):
    Bsre().sign(request_for(signer))
    assert attempt_of(signer).outcome == Outcome.SENT
    attempts.mark_signed(signer)
    assert attempt_of(signer).outcome == Outcome.SIGNED


def test_the_provider_is_told_what_it_has_to_know(provider, signer):
    Bsre().sign(request_for(signer))
    [asked] = provider.asked
    assert asked.pdf == unsigned()
    assert (asked.fields["nik"], asked.fields["passphrase"]) == (NIK, PASSPHRASE)
    assert asked.fields["reason"] == f"Menandatangani {signer.paper.title} Nomor {signer.paper.number}"
    assert asked.fields["location"] == "Uji"


def test_the_mark_stands_in_the_signers_box(provider, signer, settings):
    Bsre().sign(request_for(signer))
    fields = provider.asked[0].fields
    height = 842  # A4 in points
    assert fields["tampilan"].lower() == "visible"
    assert int(fields["page"]) == 1
    box = PdfReader(io.BytesIO(unsigned())).named_destinations["ttd-1"]
    left, top = round(box.left), round(box.top)
    corner = (left, top - 54, left + 54, top) if settings.BSRE_VERSION == 1 else (left, height - top, 54, 54)
    names = ("xAxis", "yAxis") if settings.BSRE_VERSION == 1 else ("originX", "originY")
    assert tuple(int(fields[name]) for name in (*names, "width", "height")) == corner


def test_the_mark_leads_to_the_papers_own_page(provider, signer, settings):
    Bsre().sign(request_for(signer))
    fields, link = provider.asked[0].fields, signer.paper.content["verify_url"]
    assert link.endswith(f"/v/{signer.paper.code}/")
    assert (
        fields["linkQR"] == link
        if settings.BSRE_VERSION == 1
        else fields["imageBase64"].startswith("iVBORw0KGgo")
    )


def test_an_office_may_ask_for_no_mark(provider, signer, settings):
    settings.BSRE_VISIBLE = False
    Bsre().sign(request_for(signer))
    assert provider.asked[0].fields["tampilan"].lower() == "invisible"
    assert not {"xAxis", "originX"} & set(provider.asked[0].fields)


def test_a_real_paper_has_its_box(signer, settings):
    settings.BSRE_VERSION, settings.BSRE_USER, settings.BSRE_PASSWORD = 2, "kantor", "sandi-kantor-71"
    pdf = absolute(paper_file(signer.paper).path).read_bytes()
    with running() as provider:
        settings.BSRE_URL = provider.url
        Bsre().sign(request_for(signer, pdf=pdf))
    assert provider.asked[0].fields["tampilan"] == "VISIBLE"


def test_a_second_official_signs_what_the_first_signed(provider, signer):
    once = Bsre().sign(request_for(signer)).pdf
    attempts.mark_signed(signer)
    assert Bsre().sign(request_for(signer, pdf=once)).pdf.startswith(once)


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("way", REFUSED)
def test_a_refusal_is_told_and_the_paper_may_be_tried_again(provider, signer, way):
    provider.way = way
    assert REFUSED[way] in told(signer, SigningRefused)
    assert attempt_of(signer).outcome == Outcome.REFUSED
    assert len(provider.asked) == 1
    provider.way = "signs"
    assert Bsre().sign(request_for(signer))


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("way", UNKNOWN)
def test_an_answer_that_says_nothing_sure_is_unknown_and_never_repeated(provider, signer, way, settings):
    provider.way, settings.BSRE_SECONDS = way, 1 if way in SLOW else 60
    assert UNKNOWN[way] in told(signer, OutcomeUnknown)
    assert attempt_of(signer).outcome == Outcome.UNKNOWN
    assert UNKNOWN[way] in attempt_of(signer).detail
    provider.way = "signs"
    assert re.search("belum jelas hasilnya", told(signer, SigningRefused))
    assert len(provider.asked) == 1


def test_a_wrong_passphrase_is_a_refusal(provider, signer):
    assert re.search("Passphrase salah", told(signer, SigningRefused, secret="Bukan#Ini"))
    assert attempt_of(signer).outcome == Outcome.REFUSED


def test_a_wrong_account_is_the_administrators_matter(provider, signer, settings):
    settings.BSRE_PASSWORD = "sandi-lama"
    assert re.search("menolak akun kantor ini.*administrator", told(signer, SigningRefused))


def test_nobody_listening_means_not_sent(provider, signer, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.BSRE_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert re.search("tidak dapat dihubungi.*tidak ditandatangani", told(signer, SigningRefused))
    assert attempt_of(signer).outcome == Outcome.REFUSED


def test_a_name_that_does_not_exist_means_not_sent(provider, signer, settings):
    settings.BSRE_URL = "https://bsre.invalid/"
    assert re.search("tidak dapat dihubungi", told(signer, SigningRefused))


def test_a_server_that_cannot_prove_itself_gets_nothing(provider, signer, settings):
    settings.BSRE_URL = provider.url.replace("http://", "https://")
    assert re.search("tidak aman|tidak dapat dihubungi", told(signer, SigningRefused))
    assert provider.asked == []


@pytest.mark.parametrize("missing", ["BSRE_URL", "BSRE_USER", "BSRE_PASSWORD"])
def test_without_an_account_nothing_is_tried(provider, signer, settings, missing):
    setattr(settings, missing, "")
    assert re.search("belum diatur", told(signer, SigningRefused))
    assert not SigningAttempt.objects.exists()


@pytest.mark.parametrize("given", [{"national_id": "351601"}, {"national_id": "٣" * 16}, {"secret": ""}])
def test_without_nik_and_passphrase_nothing_is_tried(provider, signer, given):
    assert re.search("16 angka", told(signer, SigningRefused, **given))
    assert not SigningAttempt.objects.exists()
    assert provider.asked == []


def test_certificates_of_others_do_not_count_where_the_providers_are_known(provider, signer, settings):
    settings.BSRE_AUTHORITIES = Authority("Lain").root.pem + authority().root.pem
    assert Bsre().sign(request_for(signer))
    attempts.mark_signed(signer)
    provider.way = "signs_with_own_authority"
    assert re.search("tidak diterbitkan penyelenggara", told(signer, OutcomeUnknown))


@pytest.mark.parametrize("provider", [1], indirect=True)
def test_version_1_may_only_name_the_file(provider, signer):
    provider.way = "names_number"
    assert Bsre().sign(request_for(signer)).pdf.startswith(unsigned())
    assert [one.path for one in provider.asked] == [
        "/klien/api/sign/pdf",
        f"/klien/api/sign/download/{NUMBER}",
    ]
    assert not provider.asked[1].fields


@pytest.mark.parametrize("provider", [1], indirect=True)
def test_a_signed_file_that_cannot_be_fetched_is_unknown(provider, signer):
    provider.way = "names_lost_number"
    assert re.search("tidak dapat diambil", told(signer, OutcomeUnknown))
    assert len(provider.signings) == 1


def test_the_attempt_is_on_record_before_anything_is_sent(provider, signer):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        Bsre().sign(request_for(signer))
    assert provider.asked == []
