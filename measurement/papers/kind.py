"""What a kind of paper is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from measurement.models import PaperSetting
from measurement.rules.sop import Role


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF: the same figures, to calculate with."""

    name: str
    description: str
    content: bytes


def nothing_attached(cycle, actor) -> list[Attachment]:
    return []


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper.

    `code` stands in its number, `template` lies below templates/print/, `content` gathers what it prints (JSON), `signed_by` names the
    signature blocks of that content in the order of signing, `wording` are the texts (opening, closing, note) that an office may word itself,
    `attach` makes the files that go inside the PDF. A paper in which a step of the SOP ends is issued by the step's actor; any other
    says by whom (`issued_by`). A letter has tembusan, sifat and lampiran, which an office may set. `signatory` is who signs first as long as the
    office has not chosen otherwise.
    """

    code: str
    title: str
    template: str
    content: Callable
    landscape: bool = False
    signed_by: tuple[str, ...] = ("signatory",)
    wording: dict[str, str] = field(default_factory=dict)
    attach: Callable = nothing_attached
    issued_by: Role | None = None
    is_letter: bool = False
    signatory: str = PaperSetting.Signatory.ISSUER
