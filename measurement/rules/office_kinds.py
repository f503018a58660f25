"""The kinds of offices that set themselves up here, and what each is called."""

from enum import StrEnum


class OfficeKind(StrEnum):
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DINAS = "dinas"
    OTHER = "lain"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    OfficeKind.KECAMATAN: "Kecamatan",
    OfficeKind.KELURAHAN: "Kelurahan",
    OfficeKind.DINAS: "Dinas atau badan",
    OfficeKind.OTHER: "Perangkat daerah lain",
}
KIND_CHOICES = [(kind.value, label) for kind, label in KIND_LABELS.items()]
