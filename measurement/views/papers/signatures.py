"""Tanda tangan saya: what waits for my signature, several at once with one PIN or one by one, and what I signed lately."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from measurement.addresses import reverse
from measurement.doors import paper_signing
from measurement.forms.papers.signing import FORMS, PinForm
from measurement.models import PaperSignature, PaperSigner, Person, SigningAttempt, SigningMethod
from measurement.rules.dates import local_date, moment
from measurement.rules.numbers import parse_key
from measurement.rules.refusals import Refusal
from measurement.signing import attempts
from measurement.signing.waiting import signatures_waiting_for, to_upload, waiting_behind

from ..visitor import PersonRequest
from .signing_keys import key_lines

LATELY, MOST_SHOWN = 10, 50
NO_CHOICE = "Pilih dahulu naskah yang akan ditandatangani."


@sensitive_post_parameters("secret")
@sensitive_variables()
def signatures_page(request: PersonRequest):
    """The list; its form signs what was chosen with the PIN of one's own key."""
    form = PinForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            _sign_chosen(request, form.cleaned_data["secret"])
        else:
            messages.error(request, "Isi PIN kunci Anda (6 sampai 12 angka).")
        return redirect(f"{reverse('signatures')}?{urlencode({'naskah': _chosen(request.POST)}, doseq=True)}")
    context = _context(request.user, _chosen(request.GET)) | {"form": form}
    return render(request, "papers/signatures.html", context)


def _chosen(given) -> list[int]:
    """The signatures that were ticked; what is refused stays ticked."""
    return sorted({parse_key(key) for key in given.getlist("naskah")} - {None})


def _context(person: Person, chosen: list[int]) -> dict:
    mine = list(
        _with_papers(signatures_waiting_for(person).annotate(attempt=_unclear_attempt()))[:MOST_SHOWN]
    )
    ink = list(_with_papers(to_upload(person))[: MOST_SHOWN + 1])
    local = [
        _line(signer) | {"chosen": signer.pk in chosen}
        for signer in mine
        if signer.method == SigningMethod.LOKAL
    ]
    lines = key_lines(person)
    return {
        "local": local,
        "only_one": len(local) == 1,
        "provider": [_line(signer) for signer in mine if signer.method == SigningMethod.BSRE],
        "ink": [_line(signer) for signer in ink[:MOST_SHOWN]],
        "more_ink": len(ink) > MOST_SHOWN,
        "behind": [
            _line(signer) | {"awaited": signer.awaited}
            for signer in _with_papers(waiting_behind(person))[:MOST_SHOWN]
        ],
        "lately": [_signed_line(signature) for signature in _signed_lately(person)],
        "keys": [line for line in lines if line["key"]] if person.serves_in_many else lines,
        "has_key": any(line["key"] for line in lines),
    }


def _unclear_attempt() -> Subquery:
    """The request to the provider that has no known outcome yet; there is at most one."""
    return Subquery(
        SigningAttempt.objects.filter(signer=OuterRef("pk"), outcome__in=attempts.UNSETTLED).values("pk")[:1]
    )


def _with_papers(signers):
    return (
        signers.select_related("paper", "person")
        .defer("paper__content", "paper__words")
        .order_by("paper__issued_at", "pk")
    )


def _line(signer: PaperSigner) -> dict:
    paper, attempt = signer.paper, getattr(signer, "attempt", None)
    return {
        "pk": signer.pk,
        "title": paper.title,
        "facts": f"{paper.number} · {local_date(paper.issued_at)}",
        "asked": f"{signer.person}, {signer.title}",
        "read_url": reverse("paper", args=[paper.pk]),
        "url": reverse("signing_attempt", args=[attempt]) if attempt else reverse("sign", args=[signer.pk]),
        "is_unclear": attempt is not None,
    }


def _signed_lately(person: Person):
    found = PaperSignature.objects.filter(
        signer__person=person, signer__paper__unit_id__in=person.served_units
    )
    return (
        found.select_related("signer__paper")
        .defer("signer__paper__content", "signer__paper__words")
        .order_by("-signed_at")[:LATELY]
    )


def _signed_line(signature: PaperSignature) -> dict:
    paper = signature.signer.paper
    return {
        "title": paper.title,
        "facts": f"{paper.number} · sebagai {signature.signer.title}",
        "when": moment(signature.signed_at),
        "url": reverse("paper", args=[paper.pk]),
    }


@sensitive_variables()
def _sign_chosen(request: PersonRequest, pin: str) -> None:
    """Sign in the order of issue, until one is refused: a wrong PIN must not be tried on the next paper as well."""
    asked = signatures_waiting_for(request.user).filter(
        pk__in=_chosen(request.POST), method=SigningMethod.LOKAL
    )
    signers = list(_with_papers(asked))
    if not signers:
        messages.error(request, NO_CHOICE)
        return
    done, refused = 0, []
    for signer in signers:
        try:
            paper_signing.sign_paper(signer, request.user, secret=pin)
            done += 1
        except Refusal as refusal:
            refused = refusal.sentences
            break
    if done:
        messages.success(request, f"{done} naskah ditandatangani.")
    for sentence in refused:
        messages.error(request, sentence)


@sensitive_post_parameters("secret", "national_id")
@sensitive_variables()
def sign_page(request: PersonRequest, pk: int):
    """One signature by its own method: PIN, NIK and passphrase, or an upload."""
    found = PaperSigner.objects.filter(paper__unit_id__in=request.user.served_units).select_related(
        "paper__unit", "person", "signature"
    )
    signer = get_object_or_404(found, pk=pk)
    if not paper_signing.may_sign(request.user, signer):
        raise Http404
    form = FORMS[signer.method](*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid() and _signed(request, signer, form):
        return redirect("signatures")
    return render(
        request, "papers/sign.html", _sign_context(signer, form), status=422 if form.is_bound else 200
    )


@sensitive_variables()
def _signed(request: PersonRequest, signer: PaperSigner, form) -> bool:
    """Whether it was signed; the form says why not otherwise."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "compared"}
    try:
        paper_signing.sign_paper(signer, request.user, **given)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    done = (
        "disimpan sebagai naskah yang berlaku" if signer.method == SigningMethod.MANUAL else "ditandatangani"
    )
    messages.success(request, f"{signer.paper.title} nomor {signer.paper.number} {done}.")
    return True


def _sign_context(signer: PaperSigner, form) -> dict:
    paper = signer.paper
    facts = [
        ("Naskah", paper.title),
        ("Nomor", paper.number),
        ("Tanggal", local_date(paper.issued_at)),
        ("Penanda tangan", f"{signer.person}, {signer.title}"),
        ("Cara", signer.get_method_display()),
    ]
    return {
        "facts": [{"label": label, "value": value} for label, value in facts],
        "paper": paper,
        "form": form,
        "obstacle": paper_signing.obstacle_for(signer),
        "is_upload": signer.method == SigningMethod.MANUAL,
        "attempt": attempts.unsettled_attempt(signer),
    }
