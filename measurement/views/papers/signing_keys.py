"""Kunci tanda tangan: an official makes their own key, changes its PIN, and revokes it; the administrator may revoke it, too."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from measurement.addresses import reverse
from measurement.forms.papers.signing import ChangePinForm, MakeKeyForm, RevokeForm
from measurement.models import Person, SigningKey, Unit
from measurement.rules.dates import local_date, moment
from measurement.rules.permissions import may_manage_people
from measurement.rules.refusals import Refusal
from measurement.signing import keys
from measurement.signing.interface import NO_AUTHORITY

from ..paging import PagedList
from ..visitor import PersonRequest

PER_PAGE = 25
PROMISE = "Kunci ini hanya dapat dipakai dengan PIN Anda. Jangan memberitahukan PIN kepada siapa pun, juga kepada administrator."


def signing_keys(request: PersonRequest):
    """The offices in which this person has a key before the others, a page at a time."""
    lines = sorted(key_lines(request.user), key=lambda line: line["key"] is None)
    paged = PagedList.of(lines, request, PER_PAGE)
    shown = list(paged.page)
    revocable = [line for line in shown if line["key"]]
    context = {"keys": shown, "revocable": revocable, "promise": PROMISE, "paged": paged}
    return render(request, "papers/signing_keys.html", context)


def key_lines(person: Person) -> list[dict]:
    """The state of this person's key in every office where they serve. Two queries."""
    signing = SigningKey.objects.filter(unit__in=person.served_units, revoked_at=None)
    able = set(signing.filter(purpose=SigningKey.Purpose.AUTHORITY).values_list("unit_id", flat=True))
    mine = {key.unit_id: key for key in signing.filter(person=person)}
    return [_key_line(unit, mine.get(unit.pk), unit.pk in able) for unit in person.units]


def _key_line(unit: Unit, key: SigningKey | None, is_able: bool) -> dict:
    line = {
        "unit": unit.name,
        "key": key,
        "is_able": is_able,
        "make_url": reverse("make_key", args=[unit.pk]) if is_able else "",
    }
    if key is None:
        return line | {
            "state": {"key": "belum", "label": "Belum ada kunci"},
            "sentence": "" if is_able else NO_AUTHORITY,
        }
    sentence = f"Dibuat {local_date(key.made_at)}, berlaku sampai {local_date(key.expires_at)}."
    if key.expires_at <= timezone.now():
        return line | {
            "state": {"key": "terlambat", "label": "Kedaluwarsa"},
            "sentence": f"{sentence} Buat kunci baru.",
        }
    if key.locked_until and key.locked_until > timezone.now():
        return line | {
            "state": {"key": "dikembalikan", "label": "Terkunci"},
            "sentence": f"Dapat dipakai lagi {moment(key.locked_until)}.",
        }
    return line | {"state": {"key": "selesai", "label": "Siap dipakai"}, "sentence": sentence}


@sensitive_post_parameters("password", "new", "again")
@sensitive_variables()
def make_key_page(request: PersonRequest, unit: int):
    """A new key, which takes the place of an older one."""
    found = get_object_or_404(
        Unit.objects.visible_to(request.user).filter(pk__in=request.user.unit_ids), pk=unit
    )
    form = MakeKeyForm(request.POST or None, request=request)
    if (
        form.is_bound
        and form.is_valid()
        and _done(form, lambda: keys.make_key(request.user, found, form.cleaned_data["new"]))
    ):
        messages.success(request, f"Kunci tanda tangan Anda di {found} sudah dibuat.")
        return redirect("signing_keys")
    old = keys.active_key(request.user, found.pk)
    lead = (
        "Kunci lama Anda dicabut begitu kunci baru dibuat; naskah yang sudah ditandatangani tetap sah."
        if old
        else PROMISE
    )
    return _form_page(
        request, form, "Buat kunci baru" if old else "Buat kunci tanda tangan", lead, "Buat kunci"
    )


@sensitive_post_parameters("old", "new", "again")
@sensitive_variables()
def change_pin_page(request: PersonRequest, pk: int):
    key = get_object_or_404(
        SigningKey.objects.select_related("unit", "person"), pk=pk, person=request.user, revoked_at=None
    )
    form = ChangePinForm(request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        if _done(form, lambda: keys.change_pin(key, data["old"], data["new"])):
            messages.success(request, "PIN sudah diganti.")
            return redirect("signing_keys")
    return _form_page(request, form, "Ganti PIN", PROMISE, "Ganti PIN")


def revoke_key(request: PersonRequest, pk: int):
    """By its owner, or by an administrator of the office for somebody else."""
    visible = SigningKey.objects.filter(unit_id__in=request.user.served_units, revoked_at=None).exclude(
        person=None
    )
    key = get_object_or_404(visible.select_related("unit", "person"), pk=pk)
    mine = key.person_id == request.user.pk
    if not mine and not may_manage_people.test(request.user, key):
        raise PermissionDenied
    form = RevokeForm(request.POST or None)
    if (
        form.is_bound
        and form.is_valid()
        and _done(form, lambda: keys.revoke(key, request.user, form.cleaned_data["reason"]))
    ):
        messages.success(
            request, f"Kunci tanda tangan {key.person} dicabut. Naskah yang sudah ditandatangani tetap sah."
        )
        return redirect("signing_keys") if mine else redirect("person", key.person_id)
    lead = f"Kunci {key.person} tidak dapat dipakai lagi sesudah dicabut, dan pencabutan tidak dapat ditarik kembali."
    return _form_page(request, form, "Cabut kunci tanda tangan", lead, "Cabut kunci")


def _done(form, act) -> bool:
    """Whether the act succeeded; a refusal's sentences go to the form."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    return True


def _form_page(request: PersonRequest, form, title: str, lead: str, submit: str):
    context = {"form": form, "title": title, "lead": lead, "submit": submit}
    return render(request, "papers/signing_key_form.html", context, status=422 if form.is_bound else 200)
