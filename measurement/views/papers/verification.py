"""Verifikasi: the public page of each paper, and what a file in a visitor's hands is worth. No login, no session, nothing stored, no paper to download."""

from functools import wraps
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from measurement.addresses import reverse
from measurement.forms.papers.verification import CodeForm, VerifyFileForm, typed_code
from measurement.models import Paper, PaperSignature, SigningMethod
from measurement.rules.dates import local_date
from measurement.signing.verification import FileVerdict, VerificationAnswer, file_versions, verify

WITHOUT_FRAME = {"nav": None, "user_menu": None, "sop": None}
UNKNOWN = "Kode itu tidak terdaftar pada sistem ini. Periksa kembali kodenya pada naskah, huruf demi huruf."
TOO_BIG = "Berkas itu terlalu besar dan tidak dibaca: paling besar {megabytes} MB. Naskah yang diterbitkan sistem ini selalu lebih kecil."
BUSY = "Pemeriksaan sedang ramai. Coba lagi sebentar lagi."
AT_ONCE = 2  # inspections per server process at once; nobody queues for one, because those in the queue would block everybody else
inspections = BoundedSemaphore(AT_ONCE)

# Answer → colour and icon, what it means, what to do.
MEANINGS = {
    VerificationAnswer.GENUINE: (
        "success", "check", "Asli dan utuh",
        "Berkas ini sama persis, sampai byte terakhir, dengan yang disimpan kantor penerbit.",
        "Cocokkan keterangannya dengan naskah yang Anda terima.",
    ),
    VerificationAnswer.CHANGED: (
        "error", "alert", "Berubah",
        "Berkas ini berasal dari sistem ini, tetapi isinya tidak lagi seperti yang diterbitkan.",
        "Jangan dipakai. Mintalah berkas yang asli kepada kantor penerbit.",
    ),
    VerificationAnswer.UNKNOWN_ISSUER: (
        "warning", "person", "Ditandatangani tetapi penerbit tidak dikenal",
        "Tanda tangan pada berkas ini tidak rusak, tetapi sertifikatnya bukan sertifikat kantor pada sistem ini yang berlaku saat itu.",
        "Jangan dianggap sebagai naskah kantor ini. Tanyakan kepada kantor yang namanya tercantum.",
    ),
    VerificationAnswer.NOT_OURS: (
        "info", "document", "Bukan dokumen sistem ini",
        "Berkas ini tidak pernah diterbitkan sistem ini, dan tidak ada tanda sistem ini di dalamnya.",
        "Hasil cetak, foto, atau pindaian tidak dapat diperiksa dari berkasnya: bukalah halaman naskahnya dengan kode QR, lalu cocokkan keterangannya.",
    ),
}  # fmt: skip
WAYS = {
    SigningMethod.LOKAL: "tanda tangan elektronik kantor, tidak tersertifikasi",
    SigningMethod.BSRE: "tersertifikasi (BSrE)",
    SigningMethod.MANUAL: "tanda tangan basah, salinan pindai",
}
ELSEWHERE = "tanda tangan elektronik di luar sistem, penerbitnya tidak diperiksa di sini"


class InMemory(MemoryFileUploadHandler):
    """Whatever its size – which was checked before – an upload never becomes a temporary file."""

    def handle_raw_input(self, *args, **options):
        self.activated = True


def public(view):
    """Open to everybody. The size of what is sent is checked before anything is read, the token after the upload was sent to memory."""
    protected = csrf_protect(view)

    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, **where):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_UPLOAD_BYTES:
            sentence = TOO_BIG.format(megabytes=settings.MAX_UPLOAD_BYTES // 1024**2)
            response = render(
                request, "papers/verify.html", WITHOUT_FRAME | _forms() | {"problem": sentence}, status=413
            )
        else:
            request.upload_handlers = [InMemory(request)]
            response = protected(request, **where)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


@public
def verify_any(request: HttpRequest):
    """For those who have a printed code to type, or a file without one."""
    if "kode" in request.GET:
        form = CodeForm(request.GET)
        if form.is_valid():
            return redirect("verify_paper", form.cleaned_data["kode"])
        return render(
            request, "papers/verify.html", WITHOUT_FRAME | _forms() | {"code_form": form}, status=422
        )
    return _answer(request, None)


@public
def verify_paper(request: HttpRequest, code: str):
    """The page that a paper's QR code names."""
    papers = Paper.objects.defer("words").select_related("unit", "file", "void", "replaced_by")
    paper = papers.filter(code=typed_code(code)).first()
    if paper is None:
        return render(
            request, "papers/verify.html", WITHOUT_FRAME | _forms() | {"problem": UNKNOWN}, status=404
        )
    return _answer(request, paper)


def _answer(request: HttpRequest, paper: Paper | None):
    """The page of a paper, or that for all; with the verdict once a file was sent."""
    form, verdict, status = VerifyFileForm(), None, 200
    if request.method == "POST":
        form = VerifyFileForm(request.POST, request.FILES)
        verdict = _verdict(form, paper)
        status = 200 if verdict else 422
    context = WITHOUT_FRAME | {
        "code_form": CodeForm(),
        "form": form,
        "verdict": verdict and _shown(verdict, paper),
    }
    if paper is None:
        return render(request, "papers/verify.html", context, status=status)
    return render(request, "papers/verify_paper.html", context | _facts(paper), status=status)


def _verdict(form: VerifyFileForm, paper: Paper | None) -> FileVerdict | None:
    if not form.is_valid():
        return None
    if not inspections.acquire(blocking=False):
        form.add_error("file", BUSY)
        return None
    try:
        return verify(form.cleaned_data["file"].read(), paper)
    finally:
        inspections.release()


def _forms() -> dict:
    return {"code_form": CodeForm(), "form": VerifyFileForm()}


def _shown(verdict: FileVerdict, here: Paper | None) -> dict:
    level, icon, title, meaning, advice = MEANINGS[verdict.answer]
    if verdict.caveat and verdict.answer == VerificationAnswer.GENUINE:
        level, icon, advice = "warning", "alert", "Perhatikan keterangan ini sebelum memakai berkasnya."
    return {
        "level": level,
        "icon": icon,
        "title": title,
        "caveat": verdict.caveat,
        "meaning": meaning,
        "advice": advice,
        "findings": verdict.findings,
        "remarks": verdict.remarks,
        "groups": _groups(verdict.sha256),
        "url": reverse("verify_paper", args=[verdict.paper.code])
        if verdict.paper and verdict.paper != here
        else "",
    }


def _facts(paper: Paper) -> dict:
    signers = list(paper.signers.select_related("person", "signature"))
    stored = file_versions(paper)
    state = _state(paper, sum(hasattr(signer, "signature") for signer in signers), len(signers))
    return {
        "office": paper.unit,
        "paper": paper,
        "state": state,
        "facts": [
            {"label": "Nomor", "value": paper.number},
            {"label": "Tanggal", "value": local_date(paper.issued_at)},
            {"label": "Perangkat daerah", "value": f"{paper.unit.name}, {paper.unit.government}"},
            {"label": "Keadaan", "value": state["text"]},
        ],
        "signers": [_signer(signer, _printed(paper, signer)) for signer in signers],
        "groups": _groups(stored[-1].sha256) if stored else [],
        "signed": isinstance(stored[-1], PaperSignature) if stored else False,
    }


def _state(paper: Paper, signed: int, asked: int) -> dict:
    """Whether the paper counts: colour, icon and a sentence."""
    if hasattr(paper, "void"):
        return {
            "level": "error",
            "icon": "alert",
            "text": f"Dibatalkan pada {local_date(paper.void.voided_at)}; naskah ini tidak berlaku lagi.",
        }
    if hasattr(paper, "replaced_by"):
        return {
            "level": "warning",
            "icon": "alert",
            "text": f"Digantikan oleh nomor {paper.replaced_by.number}.",
        }
    if not asked:
        return {"level": "success", "icon": "check", "text": "Terbit."}
    if signed < asked:
        return {
            "level": "info",
            "icon": "clock",
            "text": f"Terbit; menunggu tanda tangan, {signed} dari {asked} sudah ada.",
        }
    return {"level": "success", "icon": "check", "text": "Ditandatangani lengkap."}


def _printed(paper: Paper, signer) -> str:
    """The signer's name as the paper prints it."""
    blocks = (
        block
        for block in paper.content.values()
        if isinstance(block, dict) and block.get("anchor") == f"ttd-{signer.position}"
    )
    return next((block["name"] for block in blocks), signer.person.name)


def _signer(signer, name: str) -> dict:
    signature = getattr(signer, "signature", None)
    when = (
        f"{local_date(signature.signed_at)}, {_way(signer, signature)}"
        if signature
        else "belum menandatangani"
    )
    return {"title": signer.title, "name": name, "when": when}


def _way(signer, signature: PaperSignature) -> str:
    """How it was signed. What was uploaded has a certificate only if it was signed electronically elsewhere."""
    return (
        ELSEWHERE if signer.method == SigningMethod.MANUAL and signature.fingerprint else WAYS[signer.method]
    )


def _groups(sha256: str) -> list[str]:
    """A digest to be read aloud; the blanks between groups are drawn, so that a copied digest has none."""
    return [sha256[start : start + 8] for start in range(0, len(sha256), 8)]
