"""The X.509 certificates of an office that signs by itself: EC P-256, SHA-256, no personal data beyond name and post."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, pem
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from measurement.models import Person, Unit

OFFICE_DAYS, OFFICIAL_DAYS = 3652, 730  # ten years, two years
LONGEST_NAME = 64  # X.520's upper bound of names, posts and organisations; our library counts bytes
ALL_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
    "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class KeyPair:
    """A certificate and its private key, in memory only."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def private_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def authority(unit: Unit, now: datetime) -> KeyPair:
    """The office's own certificate authority, which certifies itself; those whom it certifies can certify nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(unit, f"Otoritas Sertifikat {unit.name}")
    builder = _builder(name, name, key, now, now + timedelta(days=OFFICE_DAYS), ("key_cert_sign", "crl_sign"))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return KeyPair(builder.sign(key, hashes.SHA256()), key)


def timestamp(issuer: KeyPair, unit: Unit, now: datetime) -> KeyPair:
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issued(
        issuer, _name(unit, f"Stempel Waktu {unit.name}"), now, OFFICE_DAYS, ("digital_signature",), stamps
    )


def office_seal(issuer: KeyPair, unit: Unit, now: datetime) -> KeyPair:
    return _issued(issuer, _name(unit, f"Segel {unit.name}"), now, OFFICE_DAYS, ("digital_signature",))


def issue_official(issuer: KeyPair, unit: Unit, person: Person, post: str, now: datetime) -> KeyPair:
    subject = _name(
        unit,
        person.name,
        _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit.name),
        _attribute(NameOID.TITLE, post),
    )
    return _issued(issuer, subject, now, OFFICIAL_DAYS, ("digital_signature", "content_commitment"))


def _issued(
    issuer: KeyPair,
    subject: x509.Name,
    now: datetime,
    days: int,
    usages: tuple,
    extended: x509.ExtendedKeyUsage | None = None,
):
    key, parent = ec.generate_private_key(ec.SECP256R1()), issuer.certificate
    ends = min(now + timedelta(days=days), parent.not_valid_after_utc)
    builder = _builder(subject, parent.subject, key, now, ends, usages)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
    )
    if extended:
        builder = builder.add_extension(extended, critical=True)
    return KeyPair(builder.sign(issuer.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key, starts: datetime, ends: datetime, usages: tuple
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(starts.replace(microsecond=0)).not_valid_after(
        ends.replace(microsecond=0)
    )
    builder = builder.add_extension(
        x509.KeyUsage(**{usage: usage in usages for usage in ALL_USAGES}), critical=True
    )
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _name(unit: Unit, common_name: str, *more: x509.NameAttribute) -> x509.Name:
    country, government = (
        _attribute(NameOID.COUNTRY_NAME, "ID"),
        _attribute(NameOID.ORGANIZATION_NAME, unit.government),
    )
    return x509.Name([country, government, *more, _attribute(NameOID.COMMON_NAME, common_name)])


def _attribute(oid: x509.ObjectIdentifier, text: str) -> x509.NameAttribute:
    encoded = text.encode()
    return x509.NameAttribute(
        oid,
        text if len(encoded) <= LONGEST_NAME else encoded[: LONGEST_NAME - 3].decode(errors="ignore") + "…",
    )


def load_pair(certificate: str, private_der: bytes) -> KeyPair:
    """A stored certificate (PEM) with its key (PKCS8 DER)."""
    key = serialization.load_der_private_key(private_der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the keys of an office are all of one kind")
    return KeyPair(x509.load_pem_x509_certificate(certificate.encode()), key)


def load_certificate(text: str) -> asn1_x509.Certificate:
    """A stored certificate (PEM), as the signing library wants it."""
    return asn1_x509.Certificate.load(pem.unarmor(text.encode())[2])


class OfficeSigner(SimpleSigner):
    """Signs, and names its certificate by SHA-512. SHA-256 is the default, so an encoding leaves its name out, and the ASN.1 library then
    spends up to ten seconds on a time stamp whenever the length of a part happens to end in the byte 80."""

    async def signed_attrs(self, *values, **options) -> cms.CMSAttributes:
        made = await super().signed_attrs(*values, **options)
        named = simple_cms_attribute(
            "signing_certificate_v2", as_signing_certificate_v2(self.signing_cert, "sha512")
        )
        return cms.CMSAttributes(
            [
                named if attribute["type"].native == "signing_certificate_v2" else attribute
                for attribute in made
            ]
        )


def library_signer(certificate: str, private_der: bytes, *chain: str) -> SimpleSigner:
    """The signing library's signer; `chain` are the certificates (PEM) that travel along."""
    store = SimpleCertificateStore()
    store.register_multiple(map(load_certificate, chain))
    return OfficeSigner(
        signing_cert=load_certificate(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private_der),
        cert_registry=store,
    )
