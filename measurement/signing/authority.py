"""The office's own certificate authority, its time stamps and its seal. Certificates are kept for good: what was signed before a renewal stays checkable."""

import asyncio
from datetime import datetime

from asn1crypto import cms
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation import KeyUsageConstraints, async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext

from measurement.models import Person, SigningKey, Unit

from . import certificates, sealing
from .interface import NO_AUTHORITY, SigningRefused
from .timestamps import OfficeTimeStamper

Purpose = SigningKey.Purpose
EXPIRED = (
    "Otoritas sertifikat kantor ini sudah berakhir. Minta administrator menggantinya pada Kesiapan kantor."
)
SECRET_CHANGED = "Kunci kantor tidak dapat dibuka: rahasia server sudah berganti. Hubungi administrator."  # noqa: S105 – a sentence


@transaction.atomic
def make_authority(unit: Unit, now: datetime) -> list[SigningKey]:
    """Make an office's authority, time stamp and seal, valid for ten years. SigningRefused if it has an authority already."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if active_keys(unit).exists():
        raise SigningRefused(f"{unit} sudah mempunyai otoritas sertifikat.")
    root = certificates.authority(unit, now)
    pairs = {
        Purpose.AUTHORITY: root,
        Purpose.TIMESTAMP: certificates.timestamp(root, unit, now),
        Purpose.SEAL: certificates.office_seal(root, unit, now),
    }
    return [_stored(unit, purpose, pair, now) for purpose, pair in pairs.items()]


@transaction.atomic
def renew_authority(unit: Unit, now: datetime, reason: str, actor: Person | None = None) -> list[SigningKey]:
    """Put a new authority in place of the old one, whose keys are revoked with those of the officials whom it certified."""
    valid = SigningKey.objects.filter(unit=unit, revoked_at=None)
    valid.update(revoked_at=now, revoked_by=actor, revoke_reason=f"Otoritas diganti: {reason}"[:250])
    return make_authority(unit, now)


def active_keys(unit: Unit):
    """The office's own keys that are in use."""
    return SigningKey.objects.filter(unit=unit, person=None, revoked_at=None)


def use_of(purpose: str, unit: Unit, person: Person | None = None) -> str:
    """What a sealed key is bound to."""
    return f"{purpose}/{unit.pk}/{person.pk if person else ''}"


def _stored(unit: Unit, purpose: str, pair: certificates.KeyPair, now: datetime) -> SigningKey:
    return SigningKey.objects.create(
        unit=unit, purpose=purpose, certificate=pair.pem, sealed_key=sealing.seal_office(pair.private_der, use_of(purpose, unit)),
        fingerprint=pair.fingerprint, made_at=now, expires_at=pair.certificate.not_valid_after_utc,
    )  # fmt: skip


def office_keys(unit: Unit) -> dict[str, SigningKey]:
    """The office's keys in use by their purpose. SigningRefused without an authority that is in force."""
    found = {key.purpose: key for key in active_keys(unit)}
    if Purpose.AUTHORITY not in found:
        raise SigningRefused(NO_AUTHORITY)
    if found[Purpose.AUTHORITY].expires_at <= timezone.now():
        raise SigningRefused(EXPIRED)
    return found


@sensitive_variables()
def private_key(key: SigningKey) -> bytes:
    """The private key (PKCS8 DER) of one of the office's own keys."""
    try:
        return sealing.open_office(key.sealed_key, use_of(key.purpose, key.unit))
    except sealing.SealBroken:
        raise SigningRefused(SECRET_CHANGED) from None


def certifier(unit: Unit) -> certificates.KeyPair:
    """The authority with its key, to certify an official."""
    key = office_keys(unit)[Purpose.AUTHORITY]
    return certificates.load_pair(key.certificate, private_key(key))


def timestamper(unit: Unit, at: datetime) -> OfficeTimeStamper:
    """The office's clock for one signature."""
    return OfficeTimeStamper(_signer(office_keys(unit), Purpose.TIMESTAMP), at)


def _signer(keys: dict[str, SigningKey], purpose: str):
    return certificates.library_signer(
        keys[purpose].certificate, private_key(keys[purpose]), keys[Purpose.AUTHORITY].certificate
    )


# The office's seal on data that is no PDF, such as the manifest of an archive package


def seal(unit: Unit, data: bytes) -> bytes:
    """A detached CMS signature (DER) of the office's seal with a time stamp. SigningRefused without an authority."""
    keys, now = office_keys(unit), timezone.now()
    made = _signer(keys, Purpose.SEAL).async_sign_general_data(
        data,
        "sha256",
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=now),
        timestamper=timestamper(unit, now),
    )
    return asyncio.run(made).dump()


def check_seal(unit: Unit, data: bytes, signature: bytes) -> list[str]:
    """Sentences on what is wrong with a seal; empty if the office made it over exactly these bytes with a key that was in force then."""
    known = {key.fingerprint: key for key in SigningKey.objects.filter(unit=unit, person=None)}
    roots = [
        certificates.load_certificate(key.certificate)
        for key in known.values()
        if key.purpose == Purpose.AUTHORITY
    ]
    try:
        signed = cms.ContentInfo.load(signature)["content"]
        stamped = next(extract_tst_data_iter(extract_signer_info(signed), signed=False))
        moment = stamped["encap_content_info"]["content"].parsed["gen_time"].native
        context = ValidationContext(
            trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
        )
        usage = KeyUsageConstraints(key_usage={"digital_signature"})
        found = asyncio.run(
            async_validate_detached_cms(data, signed, context, context, key_usage_settings=usage)
        )
    except Exception:  # whatever the library stumbles over in a file that may have been tampered with
        return ["Segel kantor tidak dapat dibaca."]
    return list(_faults(found, moment, known))


def _faults(found, moment: datetime, known: dict[str, SigningKey]):
    key = known.get(found.signing_cert.sha256.hex())
    stamp = found.timestamp_validity
    if not (found.intact and found.valid):
        yield "Isi tidak sama dengan yang disegel kantor."
        return
    if key is None or key.purpose != Purpose.SEAL or not found.trusted:
        yield "Segel ini tidak dibuat dengan kunci segel kantor yang berlaku saat itu."
    elif key.revoked_at and moment >= key.revoked_at:
        yield "Segel ini dibuat sesudah kuncinya dicabut."
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        yield "Waktu pembuatan segel tidak dapat dipastikan."
