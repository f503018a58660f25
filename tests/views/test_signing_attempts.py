"""A request to the certified provider whose outcome nobody knows: it blocks the paper until somebody looks and says what happened."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement.doors import paper_signing, unknown_outcomes
from measurement.files import absolute
from measurement.models import PaperSetting, PaperSignature, SigningAttempt
from measurement.papers.issue import current_file, paper_file
from measurement.rules.refusals import NotAtThisStep, Stale
from measurement.rules.sop import Output
from measurement.signing import attempts
from measurement.signing.interface import SigningRefused
from tests.support.bsre_stub import sign
from tests.support.characters import open_cycle
from tests.support.pages import logged_in, words
from tests.support.signed_files import Authority, authority, edited, resaved

Outcome = SigningAttempt.Outcome
REASON = "Riwayat di portal tidak memuat naskah ini."


@pytest.fixture(autouse=True)
def known_provider(settings):
    settings.BSRE_AUTHORITIES = authority().root.pem


@pytest.fixture
def attempt(kecamatan) -> SigningAttempt:
    """The Camat's request of an hour ago, to which no answer came."""
    PaperSetting.objects.create(unit=kecamatan.unit, kind=Output.NOTA_DINAS_PERINTAH, method="bsre")
    signer = open_cycle(kecamatan).papers.get().signers.get()
    return attempts.begin(signer, kecamatan.camat, timezone.now() - timedelta(hours=1))


@pytest.fixture
def sent(attempt) -> bytes:
    return absolute(paper_file(attempt.signer.paper).path).read_bytes()


def outcome(attempt: SigningAttempt) -> str:
    return SigningAttempt.objects.get(pk=attempt.pk).outcome


def page(attempt: SigningAttempt) -> str:
    return reverse("signing_attempt", args=[attempt.pk])


def upload(person, attempt: SigningAttempt, content: bytes, name: str = "naskah.pdf"):
    return logged_in(person).post(
        page(attempt), {"action": "signed", "file": SimpleUploadedFile(name, content)}
    )


def declare(person, attempt: SigningAttempt, reason: str):
    return logged_in(person).post(page(attempt), {"action": "failed", "reason": reason})


def test_a_process_that_died_leaves_the_paper_blocked(attempt):
    with pytest.raises(SigningRefused, match="belum jelas hasilnya"):
        attempts.begin(attempt.signer, attempt.started_by, timezone.now())


def test_the_page_says_what_is_known(attempt):
    text = words(logged_in(attempt.started_by).get(page(attempt)))
    assert attempt.signer.paper.number in text
    assert f"oleh {attempt.started_by}" in text
    assert "mungkin sudah ditandatangani" in text
    assert "portal BSrE" in text


def test_the_signed_file_from_the_portal_becomes_the_papers(attempt, sent):
    response = upload(attempt.started_by, attempt, sign(sent))
    assert response.url == page(attempt)
    signature = PaperSignature.objects.get(signer=attempt.signer)
    assert absolute(signature.path).read_bytes().startswith(sent)
    assert signature.remark == "Sertifikat atas nama Camat Uji; diunggah dari portal BSrE"
    assert signature.signed_at == attempt.started_at
    assert current_file(attempt.signer.paper) == signature
    assert outcome(attempt) == Outcome.SIGNED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda sent: sent, "belum ditandatangani"),
        (lambda sent: sign(sent) + b"\n% tambahan", "tidak utuh"),
        (lambda sent: sign(edited(sent)), "tidak utuh"),
        (lambda sent: sign(sign(sent)), "lebih dari satu tanda tangan"),
        (lambda sent: sign(resaved(sent)), "bukan naskah ini"),
        (lambda sent: sign(sent, Authority("BSrE")), "tidak diterbitkan penyelenggara"),
        (lambda sent: b"PK\x03\x04" + sent, "bukan PDF yang sebenarnya"),
        (lambda sent: b"", "kosong"),
    ],
    ids=[
        "unsigned",
        "lengthened",
        "covered up",
        "signed twice",
        "rewritten",
        "self-made certificate",
        "not a PDF",
        "empty",
    ],
)
def test_no_other_file_is_accepted(attempt, sent, change, sentence):
    response = upload(attempt.started_by, attempt, change(sent))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not PaperSignature.objects.exists()
    assert outcome(attempt) == Outcome.SENT


def test_without_the_providers_certificates_no_upload_can_be_checked(attempt, sent, settings):
    settings.BSRE_AUTHORITIES = ""
    assert "Sertifikat induk BSrE belum dipasang" in words(logged_in(attempt.started_by).get(page(attempt)))
    assert "Sertifikat induk BSrE belum dipasang" in words(upload(attempt.started_by, attempt, sign(sent)))
    assert not PaperSignature.objects.exists()


def test_a_paper_that_is_declared_unsigned_may_be_tried_again(attempt):
    assert declare(attempt.started_by, attempt, REASON).status_code == 302
    settled = SigningAttempt.objects.get()
    assert (settled.outcome, settled.settled_by) == (Outcome.SETTLED, attempt.started_by)
    assert settled.detail.endswith(REASON)
    assert attempts.begin(attempt.signer, attempt.started_by, timezone.now())


@pytest.mark.parametrize("reason", ["", "tidak ada", "​" * 20 + "kosong"])
def test_a_declaration_says_why(attempt, reason):
    assert declare(attempt.started_by, attempt, reason).status_code == 422
    assert outcome(attempt) == Outcome.SENT


def test_the_administrator_may_settle_too(attempt, kecamatan, sent):
    assert upload(kecamatan.administrator, attempt, sign(sent)).status_code == 302
    assert PaperSignature.objects.get().recorded_by == kecamatan.administrator


@pytest.mark.parametrize("who", ["sekcam", "tim", "asn"])
def test_others_may_not(attempt, kecamatan, who):
    assert declare(getattr(kecamatan, who), attempt, REASON).status_code == 403
    assert outcome(attempt) == Outcome.SENT


def test_a_stranger_finds_nothing(attempt, neighbour):
    assert declare(neighbour.camat, attempt, REASON).status_code == 404
    assert declare(neighbour.administrator, attempt, REASON).status_code == 404


def test_while_an_answer_may_come_nothing_is_settled(attempt, sent):
    SigningAttempt.objects.update(started_at=timezone.now())
    assert "masih mungkin datang" in words(logged_in(attempt.started_by).get(page(attempt)))
    for response in (
        declare(attempt.started_by, attempt, REASON),
        upload(attempt.started_by, attempt, sign(sent)),
    ):
        assert "masih mungkin datang" in words(response)
    assert outcome(attempt) == Outcome.SENT


def test_an_answer_known_to_be_lost_may_be_settled_at_once(attempt):
    SigningAttempt.objects.update(started_at=timezone.now(), outcome=Outcome.UNKNOWN)
    assert declare(attempt.started_by, attempt, REASON).status_code == 302


def test_what_is_settled_stays_settled(attempt, sent):
    declare(attempt.started_by, attempt, REASON)
    assert "sudah diketahui" in words(upload(attempt.started_by, attempt, sign(sent)))
    with pytest.raises(NotAtThisStep):
        unknown_outcomes.close_as_failed(SigningAttempt.objects.get(), attempt.started_by, REASON)
    with pytest.raises(Stale):
        attempts.declare_failed(attempt, attempt.started_by, REASON)


def test_a_settled_attempt_shows_no_forms(attempt):
    declare(attempt.started_by, attempt, REASON)
    response = logged_in(attempt.started_by).get(page(attempt))
    assert "boleh dicoba lagi" in words(response)
    assert "<textarea" not in response.content.decode()


def test_a_late_answer_does_not_change_what_was_settled(attempt):
    declare(attempt.started_by, attempt, REASON)
    attempts.mark_refused(attempt, SigningRefused("Terlambat."))
    assert outcome(attempt) == Outcome.SETTLED


def test_the_door_signs_nothing_while_an_attempt_is_open(attempt, settings):
    settings.BSRE_URL, settings.BSRE_USER, settings.BSRE_PASSWORD = "http://127.0.0.1:9", "kantor", "sandi"
    with pytest.raises(SigningRefused, match="belum jelas hasilnya"):
        paper_signing.sign_paper(
            attempt.signer, attempt.started_by, secret="rahasia", national_id="3516010101700001"
        )
