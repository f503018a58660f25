"""How the two versions of the certified provider's API want to be asked and how they answer.

Known from the provider's published guide (Petunjuk Teknis API Esign Client Service, 2020 and 2024) and from public code of government systems that use it:
paths, names of fields, Basic authentication, the error object, the header `id_dokumen`, and the codes 2011 and 2031. An office confirms with its own
account, on a paper that doesn't matter: that version 1 measures the box from the lower left corner and takes its upper right corner as width and height;
that version 2 measures from the upper left; and that files come back as an addition to what was sent. `BSRE_VISIBLE=false` asks for no mark on the page.

Version 1 is in use beside version 2: the client of Kominfo Kepulauan Riau (github.com/kiiskominfokepri/esign-php, July 2026, after the guide v2.2.1)
offers both; those of Kota Banda Aceh (github.com/Diskominfotik-Banda-Aceh/E-Sign-BSrE-PHP) and Kota Bekasi (github.com/pemkotbekasi/node-esign-BSrE) know
only `/api/sign/pdf` and the fields below.
"""

import base64
import binascii
import io
import json
import re
import secrets
from dataclasses import dataclass
from typing import Protocol

import segno
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from .interface import SigningRequest
from .signature_box import SignatureBox, signature_box_of
from .transport import Call, ProviderAnswer

MARK = 54  # points: the square that the provider's mark gets, 19 mm as the box is high
DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class SignatureAppearance:
    """What the provider writes into the signature, and the place of its mark (None: an invisible signature)."""

    reason: str
    location: str
    link: str
    place: SignatureBox | None


def appearance_of(request: SigningRequest) -> SignatureAppearance:
    """The mark stands in the signer's box; it leads to the paper's own page, which says what the signature is worth."""
    signer = request.signer
    paper = signer.paper
    place = signature_box_of(request.pdf, f"ttd-{signer.position}") if settings.BSRE_VISIBLE else None
    return SignatureAppearance(
        f"Menandatangani {paper.title} Nomor {paper.number}",
        paper.unit.town,
        paper.content["verify_url"],
        place,
    )


class ApiVersion(Protocol):
    """What a version of the API has to know."""

    def call(self, request: SigningRequest) -> Call:
        """The request that asks for a signature."""

    def pdf(self, answer: ProviderAnswer) -> bytes | None:
        """The signed file, if the answer holds it."""

    def download(self, answer: ProviderAnswer) -> Call | None:
        """The request for the file, if the answer only names it."""


class Version1:
    """multipart/form-data; the signed PDF comes as the body, or is fetched by the number in the header `id_dokumen`."""

    @sensitive_variables()
    def call(self, request: SigningRequest) -> Call:
        asked = appearance_of(request)
        fields = {
            "nik": request.national_id,
            "passphrase": request.secret,
            "reason": asked.reason,
            "location": asked.location,
        }
        fields |= self._mark(asked)
        boundary = secrets.token_hex(16)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Accept": "application/pdf, application/json",
        }
        return Call(
            "POST", "/api/sign/pdf", {**headers, **_basic()}, _multipart(boundary, fields, request.pdf)
        )

    def _mark(self, asked: SignatureAppearance) -> dict[str, str]:
        """The provider draws a QR of the link itself."""
        if asked.place is None:
            return {"tampilan": "invisible"}
        left, top = round(asked.place.x), round(asked.place.y)
        corners = {"xAxis": left, "yAxis": top - MARK, "width": left + MARK, "height": top}
        mark = {
            "tampilan": "visible",
            "page": asked.place.page,
            "image": "false",
            "linkQR": asked.link,
            **corners,
        }
        return {name: str(value) for name, value in mark.items()}

    def pdf(self, answer: ProviderAnswer) -> bytes | None:
        return answer.body if answer.body.startswith(b"%PDF-") else None

    def download(self, answer: ProviderAnswer) -> Call | None:
        """The request for a file that the answer only names; it changes nothing and carries nothing secret of the signer."""
        number = answer.headers.get("id_dokumen", "")
        if not DOCUMENT_ID.fullmatch(number):
            return None
        return Call("GET", f"/api/sign/download/{number}", _basic())


class Version2:
    """JSON both ways, files in base64; the mark is a picture of ours, a QR of the link."""

    @sensitive_variables()
    def call(self, request: SigningRequest) -> Call:
        asked = appearance_of(request)
        properties = {"reason": asked.reason, "location": asked.location, **self._mark(asked)}
        body = {
            "nik": request.national_id,
            "passphrase": request.secret,
            "signatureProperties": [properties],
            "file": [base64.b64encode(request.pdf).decode()],
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json", **_basic()}
        return Call("POST", "/api/v2/sign/pdf", headers, json.dumps(body).encode())

    def _mark(self, asked: SignatureAppearance) -> dict:
        if asked.place is None:
            return {"tampilan": "INVISIBLE"}
        corner = {"originX": round(asked.place.x), "originY": round(asked.place.page_height - asked.place.y)}
        return {
            "tampilan": "VISIBLE",
            "page": asked.place.page,
            **corner,
            "width": MARK,
            "height": MARK,
            "imageBase64": _qr(asked.link),
        }

    def pdf(self, answer: ProviderAnswer) -> bytes | None:
        files = json_of(answer).get("file")
        if not isinstance(files, list) or len(files) != 1 or not isinstance(files[0], str):
            return None
        try:
            return base64.b64decode(files[0], validate=True)
        except binascii.Error:
            return None

    def download(self, answer: ProviderAnswer) -> None:
        """Version 2 answers with the file itself."""


VERSIONS: dict[int, ApiVersion] = {1: Version1(), 2: Version2()}


def json_of(answer: ProviderAnswer) -> dict:
    """The answer's JSON object; empty if the answer is no JSON object."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _basic() -> dict[str, str]:
    account = f"{settings.BSRE_USER}:{settings.BSRE_PASSWORD}".encode()
    return {"Authorization": f"Basic {base64.b64encode(account).decode()}"}


@sensitive_variables()
def _multipart(boundary: str, fields: dict[str, str], pdf: bytes) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="naskah.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    return b"".join((*parts, head.encode(), pdf, f"\r\n--{boundary}--\r\n".encode()))


def _qr(text: str) -> str:
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=8, border=1)
    return base64.b64encode(picture.getvalue()).decode()
