"""The table of papers: those in which a step of the SOP ends, under its output, and those beside the steps, under a key of their own."""

from measurement.rules.sop import STEP_BY_OUTPUT, Output, Role

from . import (
    berita_acara_arsip,
    draft_laporan,
    kertas_kerja_evaluasi,
    kertas_kerja_metodologi,
    kertas_kerja_pengukuran,
    kertas_kerja_rekap,
    laporan_hasil,
    nota_dinas_arahan,
    nota_dinas_perintah,
    notulen,
    rekapitulasi,
)
from .kind import PaperKind

__all__ = ["KINDS", "PaperKind", "issuer_of"]

KINDS: dict[str, PaperKind] = {
    Output.NOTA_DINAS_PERINTAH: nota_dinas_perintah.KIND,
    Output.NOTA_DINAS_ARAHAN: nota_dinas_arahan.KIND,
    Output.NOTULEN: notulen.KIND,
    Output.METODOLOGI: kertas_kerja_metodologi.KIND,
    Output.PENGUKURAN: kertas_kerja_pengukuran.KIND,
    Output.EVALUASI: kertas_kerja_evaluasi.KIND,
    Output.REKAP: kertas_kerja_rekap.KIND,
    Output.REKAPITULASI: rekapitulasi.KIND,
    Output.DRAFT_LAPORAN: draft_laporan.KIND,
    Output.LAPORAN: laporan_hasil.KIND,
    Output.ARSIP: berita_acara_arsip.KIND,
}


def issuer_of(kind: str) -> Role:
    """The role by which papers of this kind are issued. KeyError for a kind that nobody issues."""
    return KINDS[kind].issued_by or STEP_BY_OUTPUT[kind].actor
