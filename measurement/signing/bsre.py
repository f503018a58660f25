"""Signing at the certified provider (BSrE) with the signer's own NIK and passphrase, which are in one request and nowhere else.

A request is never repeated by itself. The paper was certainly not signed if the request never left, or if the provider refused it in so many
words; after any other answer that is not the signed paper nobody here knows, and a person has to look (attempts.py, doors/unknown_outcomes.py).
"""

import re

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from measurement.papers.text import printable

from . import attempts
from .bsre_api import VERSIONS, json_of
from .interface import OutcomeUnknown, Signed, SigningRefused, SigningRequest
from .returned_files import NotOurs, NotSigned, signed_by_provider
from .transport import Call, NoAnswer, NotSent, ProviderAnswer, exchange

NIK = re.compile(r"[0-9]{16}")
LONGEST_WORDS = 160
NOT_SET_UP = "Akun BSrE kantor ini belum diatur. Hubungi administrator."
NO_SECRETS = "Isi NIK (16 angka) dan passphrase sertifikat elektronik Anda."
UNKNOWN = "Permintaan sudah dikirim ke BSrE, tetapi {reason}."
LOOK = "Naskah mungkin sudah ditandatangani. Jangan mengulang: periksa dahulu di portal BSrE, lalu selesaikan melalui halaman percobaan."
ADDRESS = "Alamat BSrE pada pengaturan tidak tepat; naskah tidak ditandatangani. Hubungi administrator."
ACCOUNT = "BSrE menolak akun kantor ini; naskah tidak ditandatangani. Hubungi administrator."
# The meaning of those codes of the provider on which public sources agree; after each of them the paper was certainly not signed.
CODES = {
    "2011": "NIK ini belum terdaftar di BSrE; naskah tidak ditandatangani. Periksa NIK, atau daftarkan sertifikat elektronik Anda.",
    "2031": "Passphrase salah; naskah tidak ditandatangani. Periksa lalu coba lagi.",
}
REFUSED = {400, 401, 403, 404, 405, 411, 413, 415, 422, 429}
MOVED = {301, 307, 308}  # says where to ask instead; 302 and 303 may also be the end of something done


class Bsre:
    """The provider, under the account of the office. Must be called outside a transaction: the attempt has to be on record before anything is sent."""

    @sensitive_variables()
    def sign(self, request: SigningRequest) -> Signed:
        if not (settings.BSRE_URL and settings.BSRE_USER and settings.BSRE_PASSWORD):
            raise SigningRefused(NOT_SET_UP)
        if not NIK.fullmatch(request.national_id) or not request.secret:
            raise SigningRefused(NO_SECRETS)
        call = VERSIONS[settings.BSRE_VERSION].call(request)
        attempt = attempts.begin(request.signer, request.actor, request.at)
        try:
            return _signed(request, call)
        except SigningRefused as refusal:
            attempts.mark_refused(attempt, refusal)
            raise
        except OutcomeUnknown as failure:
            attempts.mark_unknown(attempt, failure)
            raise


@sensitive_variables()
def _signed(request: SigningRequest, call: Call) -> Signed:
    """The paper with the provider's signature. The attempt stays open until the caller has stored it."""
    version = VERSIONS[settings.BSRE_VERSION]
    try:
        answer = exchange(settings.BSRE_URL, call, settings.BSRE_SECONDS)
    except NotSent as failure:
        raise SigningRefused(f"{failure} Naskah tidak ditandatangani.") from None
    except NoAnswer as failure:
        raise _unknown(str(failure)) from None
    pdf = version.pdf(answer) if answer.status == 200 else None
    if pdf is None:
        download = version.download(answer) if answer.status == 200 else None
        pdf = _downloaded(download) if download else None
    if pdf is None:
        raise _failure(answer, request)
    return _checked(request.pdf, pdf)


def _downloaded(call: Call) -> bytes:
    try:
        answer = exchange(settings.BSRE_URL, call, settings.BSRE_SECONDS)
    except (NotSent, NoAnswer):
        raise _unknown("berkas hasilnya tidak dapat diambil") from None
    if answer.status != 200 or not answer.body.startswith(b"%PDF-"):
        raise _unknown("berkas hasilnya tidak dapat diambil")
    return answer.body


def _checked(sent: bytes, pdf: bytes) -> Signed:
    try:
        return signed_by_provider(sent, pdf)
    except NotSigned:
        raise SigningRefused(
            "BSrE mengembalikan naskah tanpa tanda tangan. Coba lagi; bila berulang, hubungi administrator."
        ) from None
    except NotOurs as fault:
        raise _unknown(str(fault)) from None


@sensitive_variables()
def _failure(answer: ProviderAnswer, request: SigningRequest) -> SigningRefused | OutcomeUnknown:
    """What an answer without a file means."""
    words = json_of(answer)
    sentence = _cleaned(words.get("error") or words.get("message"), request)
    code = str(words.get("status_code"))
    if code in CODES:
        return SigningRefused(CODES[code])
    if answer.status in MOVED or (answer.status in (404, 405) and not sentence):
        return SigningRefused(ADDRESS)
    if answer.status in (401, 403):
        return SigningRefused(ACCOUNT)
    if answer.status in REFUSED:
        return SigningRefused(f"BSrE menolak: {sentence or 'tanpa keterangan'}. Naskah tidak ditandatangani.")
    if answer.status == 200:
        return _unknown("jawabannya bukan naskah yang ditandatangani")
    return _unknown(f"dijawab dengan galat {answer.status}")


@sensitive_variables()
def _cleaned(words, request: SigningRequest) -> str:
    """The provider's own words as one short printable line, without what the signer typed."""
    if not isinstance(words, str):
        return ""
    for secret in (request.secret, request.national_id):
        words = words.replace(secret, "•••")
    return " ".join(printable(words).split())[:LONGEST_WORDS].rstrip(" .!")


def _unknown(reason: str) -> OutcomeUnknown:
    return OutcomeUnknown(UNKNOWN.format(reason=reason), LOOK)
