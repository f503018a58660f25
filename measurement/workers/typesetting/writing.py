"""Pages that are laid out, written as a PDF/A-3b."""

import base64
import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pydyf
from weasyprint import Attachment
from weasyprint.document import Document

from .house_style import OPTIONS


@dataclass(frozen=True)
class Enclosure:
    """What a file has beside its pages: an identifier, and the files in it."""

    identifier: bytes | bool = False
    attachments: list[dict] = field(default_factory=list)


class Settled(pydyf.Object):
    """An object whose bytes don't change any more."""

    def __init__(self, original: pydyf.Object):
        super().__init__()
        self.number, self.generation, self.free = original.number, original.generation, original.free
        self.content = b"" if original.free == "f" else original.data
        self.small = original.compressible

    @property
    def data(self) -> bytes:
        return self.content

    @property
    def compressible(self) -> bool:
        return self.small


def write(document: Document, enclosure: Enclosure, part: int = 0) -> bytes:
    """The file. Attachments come from the order, never from links; `part` tells the heads of tables apart from those of other parts."""
    dated = datetime.fromisoformat(document.metadata.created or "1970-01-01")
    for page in document.pages:
        page.links = [link for link in page.links if link[0] != "attachment"]
    document.metadata.attachments = [_embedded(attachment, dated) for attachment in enclosure.attachments]

    def finish(_: Document, pdf: pydyf.PDF) -> None:
        _name_files_once(pdf)
        if part:
            _name_heads_apart(pdf, part)
        pdf.objects[:] = [
            Settled(original) for original in pdf.objects
        ]  # pydyf would make the bytes twice: to write them, and to sum them up

    return document.write_pdf(finisher=finish, pdf_identifier=enclosure.identifier, **OPTIONS)


def _embedded(attachment: dict, dated: datetime) -> Attachment:
    """A file inside the PDF. WeasyPrint guesses its type from its name, so the guess is given; nothing of the system's tables is read."""
    mimetypes.add_type(attachment["type"], Path(attachment["name"]).suffix)
    words = {key: attachment[key] for key in ("name", "description", "relationship")}
    return Attachment(string=base64.b64decode(attachment["content"]), created=dated, modified=dated, **words)


def _name_files_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint names every attachment of a PDF/A-3 twice in the catalog."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _name_heads_apart(pdf: pydyf.PDF, part: int) -> None:
    """A cell names its heads by identifiers that WeasyPrint makes of the numbers of objects, which are the same in each part."""
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
            element["ID"].string = f"{part}-{element['ID'].string}"
