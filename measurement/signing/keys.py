"""The keys with which officials sign: made by themselves behind a PIN that nobody else knows, locked after wrong guesses, revoked with a reason."""

import re
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import Person, SigningKey, Unit
from measurement.rules.dates import moment
from measurement.rules.permissions import may_manage_people

from .interface import SigningRefused

Purpose = SigningKey.Purpose
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PIN, LONGEST_PIN = 6, 12
LONGEST_REPEATED = 3  # 121212 and 123123 are patterns, too
REPLACED = "Diganti dengan kunci baru oleh pemiliknya."
NO_KEY = "Anda belum mempunyai kunci tanda tangan di unit ini. Buat dahulu pada halaman “Kunci tanda tangan”."
NOT_SERVING = "Penugasan Anda di unit ini tidak sedang berlaku, sehingga Anda tidak dapat memakai kunci tanda tangannya."


def active_key(person: Person, unit_id: int) -> SigningKey | None:
    """The official's key that is not revoked; it may be expired or locked."""
    return SigningKey.objects.filter(unit_id=unit_id, person=person, revoked_at=None).first()


# PIN


@sensitive_variables()
def pin_faults(pin: str, person: Person) -> list[str]:
    """Why a PIN is too easy to guess; empty for a good one."""
    if not re.fullmatch(rf"[0-9]{{{SHORTEST_PIN},{LONGEST_PIN}}}", pin):
        return [f"PIN terdiri atas {SHORTEST_PIN} sampai {LONGEST_PIN} angka."]
    if _is_pattern(pin):
        return ["PIN terlalu mudah ditebak: jangan memakai angka berurutan atau berulang."]
    if person.nip and (pin in person.nip or any(date in pin for date in _birth_dates(person.nip))):
        return ["PIN tidak boleh memuat tanggal lahir atau bagian dari NIP Anda."]
    return []


def _is_pattern(pin: str) -> bool:
    """Digits that go up or down one by one (9 and 0 are neighbours), or a short group again and again."""
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    repeated = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, LONGEST_REPEATED + 1))
    return steps in ({1}, {9}) or repeated


def _birth_dates(nip: str) -> set[str]:
    """The birth date with which a NIP begins, as people write dates."""
    year, month, day = nip[:4], nip[4:6], nip[6:8]
    return {day + month + year, day + month + year[2:], year + month + day, year[2:] + month + day}


@sensitive_variables()
def _check_pin(pin: str, person: Person) -> None:
    if faults := pin_faults(pin, person):
        raise SigningRefused(*faults)


# Making, changing, revoking


@sensitive_variables()
@transaction.atomic
def make_key(person: Person, unit: Unit, pin: str) -> SigningKey:
    """A new key behind a PIN; one that was there before is revoked by it."""
    if unit.pk not in person.unit_ids:
        raise SigningRefused(NOT_SERVING)
    from . import authority, certificates, sealing

    _check_pin(pin, person)
    # after a double click the second key replaces the first
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    now = timezone.now()
    pair = certificates.issue_official(
        authority.certifier(unit), unit, person, certified_post(person, unit), now
    )
    revoked = {"revoked_at": now, "revoked_by": person, "revoke_reason": REPLACED}
    SigningKey.objects.filter(unit=unit, person=person, revoked_at=None).update(**revoked)
    return SigningKey.objects.create(
        unit=unit, purpose=Purpose.OFFICIAL, person=person, certificate=pair.pem, fingerprint=pair.fingerprint, made_at=now,
        sealed_key=sealing.seal_personal(pair.private_der, pin, authority.use_of(Purpose.OFFICIAL, unit, person)),
        expires_at=pair.certificate.not_valid_after_utc,
    )  # fmt: skip


def certified_post(person: Person, unit: Unit) -> str:
    """The post that the certificate names: the highest one of the SOP's roles."""
    return person.leading_title_in(unit.pk)


@sensitive_variables()
def change_pin(key: SigningKey, old: str, new: str) -> None:
    """Seal the same key behind another PIN."""
    from . import authority, sealing

    if key.person is None:
        raise ValueError("a key of the office itself has no PIN")
    _check_pin(new, key.person)
    private = unlock(key, old)
    sealed = sealing.seal_personal(private, new, authority.use_of(Purpose.OFFICIAL, key.unit, key.person))
    # only over the very text that was opened: another page may have changed the PIN meanwhile
    if not SigningKey.objects.filter(pk=key.pk, revoked_at=None, sealed_key=key.sealed_key).update(
        sealed_key=sealed
    ):
        raise SigningRefused("Kunci ini baru saja diubah atau dicabut. Muat ulang halaman.")


def revoke(key: SigningKey, actor: Person, reason: str) -> None:
    """Nothing is signed with the key any more; what was signed before stays valid. By its owner, or an administrator of the unit."""
    if actor.pk != key.person_id and not may_manage_people.test(actor, key):
        raise PermissionDenied
    revoked = {"revoked_at": timezone.now(), "revoked_by": actor, "revoke_reason": reason.strip()[:250]}
    if not SigningKey.objects.filter(pk=key.pk, revoked_at=None).update(**revoked):
        raise SigningRefused("Kunci ini sudah dicabut.")


# Opening


@sensitive_variables()
def open_for(person: Person, unit: Unit, pin: str, at: datetime) -> tuple[SigningKey, bytes]:
    """The official's key for a signature at a moment, and its private part (PKCS8 DER). SigningRefused where it may not be used."""
    if unit.pk not in person.unit_ids:
        raise SigningRefused(NOT_SERVING)
    key = active_key(person, unit.pk)
    if key is None:
        raise SigningRefused(NO_KEY)
    if not key.made_at.replace(microsecond=0) <= at < key.expires_at:
        raise SigningRefused(
            "Sertifikat Anda tidak berlaku pada saat ini. Buat kunci baru pada halaman “Kunci tanda tangan”."
        )
    return key, unlock(key, pin)


@sensitive_variables()
def unlock(key: SigningKey, pin: str) -> bytes:
    """The private key (PKCS8 DER). Every try counts as wrong before it is looked at, so that guesses made at once count, too."""
    from . import authority, sealing

    now = timezone.now()
    if not _count_try(key, now):
        raise SigningRefused(_locked_words(key))
    try:
        private = sealing.open_personal(
            key.sealed_key, pin, authority.use_of(Purpose.OFFICIAL, key.unit, key.person)
        )
    except sealing.SealBroken:
        # no guess was wrong: no PIN opens the key any more
        _forget_tries(key)
        raise SigningRefused(authority.SECRET_CHANGED) from None
    except sealing.WrongPin:
        raise SigningRefused(_wrong_words(key)) from None
    _forget_tries(key)
    return private


def _count_try(key: SigningKey, now: datetime) -> bool:
    """One conditional update; False while the key is locked. The fifth wrong PIN in a row locks it; once a lock is over, the count begins afresh."""
    free = SigningKey.objects.filter(Q(locked_until=None) | Q(locked_until__lte=now), pk=key.pk)
    first = Q(locked_until__isnull=False)
    return bool(
        free.update(
            failures=Case(When(first, then=Value(1)), default=F("failures") + 1),
            locked_until=Case(
                When(first, then=None),
                When(failures__gte=MOST_FAILURES - 1, then=now + LOCKED_FOR),
                default=None,
            ),
        )
    )


def _forget_tries(key: SigningKey) -> None:
    SigningKey.objects.filter(pk=key.pk).update(failures=0, locked_until=None)


def _wrong_words(key: SigningKey) -> str:
    failures = SigningKey.objects.values_list("failures", flat=True).get(pk=key.pk)
    left = MOST_FAILURES - failures
    return f"PIN salah. Sisa {left} kali percobaan." if left > 0 else f"PIN salah. {_locked_words(key)}"


def _locked_words(key: SigningKey) -> str:
    until = SigningKey.objects.values_list("locked_until", flat=True).get(pk=key.pk)
    when = f"Coba lagi {moment(until)}" if until else "Coba lagi sesaat lagi"
    return f"Kunci Anda terkunci karena PIN salah {MOST_FAILURES} kali berturut-turut. {when}."
