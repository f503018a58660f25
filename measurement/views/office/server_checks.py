"""What an office's administrator sets and tries of the server without a shell: its own certificate authority, and mail."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from measurement.forms.office.server_checks import AuthorityForm
from measurement.messages.mail_check import mail_facts, send_test_mail
from measurement.models import JobRun, SigningKey, Unit
from measurement.record.office_facts import MAIL_CHECK
from measurement.rules.dates import local_date, moment
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit


def signing_authority(request: PersonRequest):
    """Make the office's own authority, or put another in place of it."""
    from measurement.signing import authority

    unit = managed_unit(request)
    keys = list(authority.active_keys(unit).order_by("pk"))
    form = AuthorityForm(request.POST or None, renews=bool(keys))
    if request.method == "POST" and form.is_valid() and _certified(request, unit, form, bool(keys)):
        return redirect(request.get_full_path())
    officials = (
        SigningKey.objects.filter(unit=unit, revoked_at=None).exclude(person=None).count() if keys else 0
    )
    context = {
        "form": form,
        "keys": [_key_line(key) for key in keys],
        "officials": officials,
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/signing_authority.html", context, status=422 if form.is_bound else 200)


def _certified(request: PersonRequest, unit: Unit, form: AuthorityForm, renews: bool) -> bool:
    """Whether it is made; a refusal's sentences go to the form."""
    from measurement.signing import authority

    now = timezone.now()
    try:
        if renews:
            authority.renew_authority(unit, now, form.cleaned_data["reason"], request.user)
        else:
            authority.make_authority(unit, now)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    messages.success(
        request,
        "Otoritas sertifikat kantor dibuat. Pejabat sekarang dapat membuat kunci tanda tangannya pada halaman Tanda tangan, dengan PIN "
        "yang hanya mereka ketahui.",
    )
    return True


def _key_line(key: SigningKey) -> dict:
    return {
        "purpose": key.get_purpose_display(),
        "until": local_date(key.expires_at),
        "expired": key.expires_at <= timezone.now(),
        "fingerprint": key.fingerprint,
    }


def mail_check(request: PersonRequest):
    """The settings without their secrets, and a message to oneself."""
    unit = managed_unit(request)
    if request.method == "POST":
        _try_mail(request)
        return redirect(request.get_full_path())
    last = JobRun.objects.filter(name=MAIL_CHECK).first()
    context = {
        "facts": mail_facts(),
        "last": f"{'terkirim' if last.succeeded else 'gagal'} {moment(last.finished_at)}. {last.note}"
        if last
        else "",
        "address": request.user.email,
        "own_pk": request.user.pk,
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/mail_check.html", context)


def _try_mail(request: PersonRequest) -> None:
    if not request.user.email:
        messages.error(request, "Akun Anda belum mempunyai alamat surel.")
    elif failure := send_test_mail(request.user):
        messages.error(request, f"Surel percobaan tidak terkirim. {failure}")
    else:
        messages.success(
            request,
            f"Surel percobaan dikirim ke {request.user.email}. Periksa kotak masuknya, juga folder spam.",
        )
