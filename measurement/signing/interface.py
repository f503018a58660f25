"""What every way of signing has in common."""

from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Protocol

from measurement.models import PaperSigner, Person
from measurement.rules.refusals import Refusal

NO_AUTHORITY = "Kantor ini belum mempunyai otoritas sertifikat sendiri. Minta administrator membuatnya pada Kesiapan kantor."


@dataclass(frozen=True)
class SigningRequest:
    """One signature to be made. The secrets live in memory for one request: never stored, logged or shown in a traceback."""

    signer: PaperSigner
    actor: Person
    pdf: bytes
    at: datetime
    secret: str = field(default="", repr=False)
    national_id: str = field(default="", repr=False)
    upload: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Signed:
    """The file with the new signature; the certificate's SHA-256 fingerprint where there is one, and what has to be said about it."""

    pdf: bytes
    fingerprint: str = ""
    remark: str = ""


class Signer(Protocol):
    def sign(self, request: SigningRequest) -> Signed:
        """The signed file. SigningRefused if it was certainly not signed; OutcomeUnknown if nobody can say."""


@dataclass(frozen=True)
class LateSigner:
    """A way of signing by the name of its module and class, loaded with its libraries when somebody signs: they take a second and 50 MB."""

    module: str
    name: str

    def sign(self, request: SigningRequest) -> Signed:
        return getattr(import_module(self.module), self.name)().sign(request)


class SigningRefused(Refusal):
    """The paper was not signed; the sentence says why and what to do."""


class OutcomeUnknown(Refusal):
    """The request went out and no answer came: the paper may be signed at the provider or not. Never repeated by itself."""
