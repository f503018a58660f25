"""`lokal`: PAdES (baseline B-T) with the official's own key and the office's own time stamp, made by pyHanko. Not certified, and it says so."""

from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle

from measurement.models import PaperSigner
from measurement.papers.render import PaperFailed

from . import authority, certificates, keys
from .interface import Signed, SigningRefused, SigningRequest
from .signature_box import SignatureBox, signature_box_of
from .stamp import HEIGHT_MM, WIDTH_MM, stamp_page

POINTS_PER_MM = 72 / 25.4
WHOLE_BOX = layout.SimpleBoxLayoutRule(
    layout.AxisAlignment.ALIGN_MIN,
    layout.AxisAlignment.ALIGN_MIN,
    layout.Margins(),
    layout.InnerScaling.STRETCH_FILL,
)
NO_BOX = "Naskah ini tidak mempunyai tempat tanda tangan Anda. Hubungi administrator."
UNREADABLE = "Berkas naskah tidak dapat dibaca. Hubungi administrator."


class Lokal:
    """Signs with the key that the actor opens by PIN."""

    @sensitive_variables()
    def sign(self, request: SigningRequest) -> Signed:
        paper = request.signer.paper
        key, private = keys.open_for(request.actor, paper.unit, request.secret, request.at)
        root = authority.office_keys(paper.unit)[authority.Purpose.AUTHORITY]
        signer = certificates.library_signer(key.certificate, private, root.certificate)
        try:
            return Signed(_signed(request, signer), key.fingerprint)
        except PaperFailed as failure:
            raise SigningRefused(str(failure)) from failure
        except PdfError as failure:
            raise SigningRefused(UNREADABLE) from failure


def _signed(request: SigningRequest, signer: signers.SimpleSigner) -> bytes:
    """The file with one more revision, which holds the signature, its field at the paper's place for it, and the stamp in it."""
    asked, unit = request.signer, request.signer.paper.unit
    writer = IncrementalPdfFileWriter(BytesIO(request.pdf))
    name = anchor(asked)
    place = signature_box_of(request.pdf, name)
    if place is None:
        raise SigningRefused(NO_BOX)
    stamp = _StampPage(stamp_page(request.actor.name, asked.title, request.at))
    pdf_signer = _SignerAtMoment(
        signers.PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=f"Menandatangani {asked.paper.title} nomor {asked.paper.number}",
            location=unit.town,
            name=request.actor.name,
        ),
        signer,
        timestamper=authority.timestamper(unit, request.at),
        stamp_style=StaticStampStyle(border_width=0, background=stamp, background_layout=WHOLE_BOX),
        new_field_spec=fields.SigFieldSpec(
            name, on_page=place.page - 1,
            box=_box(place),  # type: ignore[arg-type]  # the library writes fractions of a point, too
            readable_field_name=f"Tanda tangan {asked.title}"
        ),
    )  # fmt: skip
    pdf_signer.at = timezone.localtime(request.at).replace(microsecond=0)
    return pdf_signer.sign_pdf(writer).getvalue()


def _box(place: SignatureBox) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points."""
    return (place.x, place.y - HEIGHT_MM * POINTS_PER_MM, place.x + WIDTH_MM * POINTS_PER_MM, place.y)


class _SignerAtMoment(signers.PdfSigner):
    """Signs as of `at`: the library itself only knows the clock of the machine."""

    at: datetime

    def init_signing_session(self, pdf_out, existing_fields_only=False):
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _StampPage(content.PdfContent):
    """The stamp's page as content of the signature's appearance."""

    def __init__(self, page: bytes):
        super().__init__(box=layout.BoxConstraints(WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM))
        self.page = page

    def render(self) -> bytes:
        self.resources.xobject["/Stempel"] = self._ensure_writer.import_page_as_xobject(
            PdfFileReader(BytesIO(self.page))
        )
        return b"/Stempel Do"


def anchor(signer: PaperSigner) -> str:
    """The named destination of a signer's box, and the name of their signature field."""
    return f"ttd-{signer.position}"
