"""`manual`: printed and signed with ink, or signed elsewhere, and then uploaded. The machine compares what it can; a person has compared the rest."""

from django.conf import settings

from measurement.models import Paper
from measurement.rules.refusals import BadFile

from . import inspection
from .interface import Signed, SigningRequest
from .returned_files import NotOurs, NotSigned, added_signatures
from .text_layer import page_count, page_texts

SAME = "Berkas ini sama persis dengan yang diterbitkan: belum ada tanda tangan padanya."
CHANGED = "Berkas ini ditambahi sesuatu sesudah diterbitkan, tetapi bukan tanda tangan yang utuh. Tanda tangani lagi dari berkas yang diterbitkan."
LOCKED = "Berkas ini dilindungi kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
BROKEN = "Berkas PDF ini rusak atau terpotong sehingga tidak dapat dibaca. Pindai atau simpan ulang."
PAGES = "Berkas ini {found} halaman, sedangkan naskahnya {wanted} halaman. Pindai semua halaman menurut urutannya."
NO_NUMBER = "Pada tulisan di berkas ini tidak ditemukan nomor {wanted}. Periksa apakah ini naskah yang benar."
OTHER = "Pada berkas ini tercantum nomor {found}, bukan {wanted}. Unggah naskah yang benar."
LETTERS_PER_PAGE = 100  # what scanners add by themselves ("Dipindai dengan …") is shorter than that
SCAN = "Pindaian naskah bertanda tangan basah, dicocokkan per halaman oleh {name}."
ELSEWHERE = "Ditandatangani secara elektronik di luar sistem atas nama {signer}; diunggah oleh {name}."


class Manual:
    """Takes the uploaded file in the place of a signature made here."""

    def sign(self, request: SigningRequest) -> Signed:
        _check_form(request.upload)
        if request.upload.startswith(request.pdf):
            return _signed_elsewhere(request)
        _check_scan(request)
        return Signed(request.upload, remark=SCAN.format(name=request.actor.name)[:250])


def _check_form(upload: bytes) -> None:
    limit = settings.MAX_UPLOAD_BYTES
    if not upload:
        raise BadFile("Berkas kosong. Pilih berkas PDF naskah yang sudah ditandatangani.")
    if len(upload) > limit:
        raise BadFile(
            f"Berkas terlalu besar: paling besar {limit // 1024**2} MB. Pindai dengan resolusi lebih rendah."
        )
    if not upload.startswith(b"%PDF-"):
        raise BadFile("Berkas ini bukan PDF. Pindai atau simpan naskahnya sebagai PDF.")


def _signed_elsewhere(request: SigningRequest) -> Signed:
    """The very file that was issued with something after it: it must be a whole signature and nothing else."""
    if len(request.upload) == len(request.pdf):
        raise BadFile(SAME)
    try:
        added = added_signatures(request.pdf, request.upload, inspection.trust(request.signer.paper.unit))
    except (NotOurs, NotSigned):
        raise BadFile(CHANGED) from None
    remark = ELSEWHERE.format(signer=added[-1].signer, name=request.actor.name)
    return Signed(request.upload, added[-1].fingerprint, remark[:250])


def _check_scan(request: SigningRequest) -> None:
    """Readable, as many pages, and no other paper. Only people can compare what a picture shows."""
    paper = request.signer.paper
    found = inspection.inspect(request.upload, inspection.Trust())
    if found.encrypted:
        raise BadFile(LOCKED)
    if not found.readable:
        raise BadFile(BROKEN)
    try:
        pages, wanted = page_count(request.upload), page_count(request.pdf)
        text = "".join(page_texts(request.upload)) if pages == wanted else ""
    except Exception:  # whatever the library stumbles over
        raise BadFile(BROKEN) from None
    if pages != wanted:
        raise BadFile(PAGES.format(found=pages, wanted=wanted))
    _check_number(text, pages, paper)


def _check_number(text: str, pages: int, paper: Paper) -> None:
    """A text that says enough must name this paper, by its number or its verification code."""
    if len(text) < LETTERS_PER_PAGE * pages or paper.code in text:
        return
    own = _squeezed(paper.number)
    numbers = Paper.objects.filter(unit=paper.unit_id).exclude(pk=paper.pk).values_list("number", flat=True)
    others = sorted((number for number in numbers if _squeezed(number) in text), key=len, reverse=True)
    for longer in (_squeezed(number) for number in others):
        text = text.replace(longer, "") if own in longer else text  # 2/ND/2026 is not named by 12/ND/2026
    if own in text:
        return
    raise BadFile(
        OTHER.format(found=others[0], wanted=paper.number)
        if others
        else NO_NUMBER.format(wanted=paper.number)
    )


def _squeezed(number: str) -> str:
    return "".join(number.split())
