"""What machines may be given, and what they are told by themselves: the scopes of a token of the API, and the events of a webhook."""

from enum import StrEnum

MOST_DAYS = 366  # a token lives no longer; whoever still needs it makes the next one
DAYS_CHOICES = (30, 90, 180, MOST_DAYS)


class Scope(StrEnum):
    """What a token opens. The last two open nothing by themselves, they widen what the others give."""

    CYCLES = "siklus"
    RESULTS = "hasil"
    PLAN = "rencana"
    PAPERS = "naskah"
    UNDER_WAY = "berjalan"
    NUMBERS = "nip"

    @property
    def words(self) -> str:
        """What it gives, as the administrator reads it."""
        return SCOPE_WORDS[self]


SCOPE_WORDS = {
    Scope.CYCLES: "Siklus: langkah, giliran, dan batas waktunya",
    Scope.RESULTS: "Hasil: capaian, serapan, dan cara hitung siklus yang sudah disetujui",
    Scope.PLAN: "Rencana: pohon, indikator, target, dan pagu",
    Scope.PAPERS: "Naskah: daftar dan berkas PDF, beserta NIP yang tercetak pada blok tanda tangannya",
    Scope.UNDER_WAY: "Yang berjalan: juga angka dan naskah siklus yang belum disetujui",
    Scope.NUMBERS: "NIP utuh: tanpa ini NIP disamarkan",
}


class MachineEvent(StrEnum):
    """What a webhook is told of. TEST is sent by hand only, and belongs to no subscription."""

    STEP_LEFT = "langkah.selesai"
    REPORT_ISSUED = "laporan.terbit"
    ARCHIVED = "siklus.diarsipkan"
    TEST = "uji"

    @property
    def words(self) -> str:
        """When it is sent, as the administrator reads it."""
        return EVENT_WORDS[self]


EVENT_WORDS = {
    MachineEvent.STEP_LEFT: "Langkah selesai, atau rekapitulasi dikembalikan",
    MachineEvent.REPORT_ISSUED: "Laporan Hasil terbit",
    MachineEvent.ARCHIVED: "Siklus diarsipkan",
    MachineEvent.TEST: "Percobaan",
}
SUBSCRIBED = (MachineEvent.STEP_LEFT, MachineEvent.REPORT_ISSUED, MachineEvent.ARCHIVED)
