"""Pages that are laid out, written as a PDF/A-3b."""

import base64
import mimetypes
from collections.abc import Callable
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

    identifier: bytes
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


def nothing_added(pdf: pydyf.PDF) -> None:
    pass


def written_pdf(
    document: Document,
    enclosure: Enclosure,
    add: Callable[[pydyf.PDF], None] = nothing_added,
    tagged: bool = True,
) -> bytes:
    """The file, with what `add` adds to its objects. Attachments come from the order, never from links."""
    dated = datetime.fromisoformat(document.metadata.created or "1970-01-01")
    for page in document.pages:
        page.links = [link for link in page.links if link[0] != "attachment"]
    document.metadata.attachments = [_embedded(attachment, dated) for attachment in enclosure.attachments]

    def finish(_: Document, pdf: pydyf.PDF) -> None:
        _name_files_once(pdf)
        add(pdf)
        # pydyf would make the bytes twice: to write them, and to sum them up
        pdf.objects[:] = [Settled(original) for original in pdf.objects]

    return document.write_pdf(
        finisher=finish, pdf_identifier=enclosure.identifier, **OPTIONS | {"pdf_tags": tagged}
    )


def _embedded(attachment: dict, dated: datetime) -> Attachment:
    """A file inside the PDF. WeasyPrint guesses its type from its name, so the guess is given; nothing of the system's tables is read."""
    mimetypes.add_type(attachment["type"], Path(attachment["name"]).suffix)
    words = {key: attachment[key] for key in ("name", "description", "relationship")}
    return Attachment(string=base64.b64decode(attachment["content"]), created=dated, modified=dated, **words)


def _name_files_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint names every attachment of a PDF/A-3 twice in the catalog."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
