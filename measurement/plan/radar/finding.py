"""What a finding is: its kind, a sentence that names both values, where it was seen and where it is mended. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """The kinds of findings, in the order in which they are shown."""

    NAME = "nama"
    MEASURE = "satuan"
    TARGET = "target"
    PAGU = "pagu"
    ADDING_UP = "jumlah-pagu"
    ONLY_DOCUMENT = "hanya-dokumen"
    ONLY_PLAN = "hanya-rencana"
    NO_INDICATOR = "tanpa-indikator"
    OTHER_OWNER = "penanggung-jawab-lain"
    NO_OWNER = "tanpa-penanggung-jawab"
    NO_TARGET = "tanpa-target"
    DEFINITION = "definisi"
    PERIODS = "periode"
    UNPAIRED = "pagu-dan-target"
    NO_DOCUMENT = "belum-diunggah"


KIND_LABELS = {
    FindingKind.NAME: "Nama lain",
    FindingKind.MEASURE: "Satuan lain",
    FindingKind.TARGET: "Target lain",
    FindingKind.PAGU: "Pagu lain",
    FindingKind.ADDING_UP: "Pagu tidak menjumlah",
    FindingKind.ONLY_DOCUMENT: "Hanya pada dokumen",
    FindingKind.ONLY_PLAN: "Hanya pada rencana",
    FindingKind.NO_INDICATOR: "Tanpa indikator",
    FindingKind.OTHER_OWNER: "Penanggung jawab lain",
    FindingKind.NO_OWNER: "Tanpa penanggung jawab",
    FindingKind.NO_TARGET: "Tanpa target",
    FindingKind.DEFINITION: "Definisi belum lengkap",
    FindingKind.PERIODS: "Target periode tidak cocok",
    FindingKind.UNPAIRED: "Pagu dan target tidak berpasangan",
    FindingKind.NO_DOCUMENT: "Dokumen belum diunggah",
}


@dataclass(frozen=True)
class Mend:
    """Where a finding is mended: an indicator's page, a branch of the plan, the import of the plan, or the upload of a document."""

    page: str
    key: int | str = ""

    @classmethod
    def indicator(cls, indicator) -> "Mend":
        return cls("indicator", indicator.pk)

    @classmethod
    def branch(cls, node) -> "Mend":
        return cls("plan", node.pk)

    @classmethod
    def document(cls, kind: str) -> "Mend":
        return cls("planning_documents", kind)


IMPORT = Mend("plan_import")


@dataclass(frozen=True)
class Finding:
    """`where` names the branch and, in a document, its row. A light finding hinders nothing."""

    kind: FindingKind
    sentence: str
    where: str
    mend: Mend
    light: bool = False
