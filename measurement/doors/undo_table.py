"""What can be taken back for some minutes, and why everything else stays done: one row for each act on rows, one answer for each step."""

from dataclasses import dataclass

from measurement.rules.sop import (
    APPROVE,
    ARCHIVE,
    BRIEF,
    EVALUATE,
    MEASURE,
    ORDER,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    SEND_BACK,
)

UNDO_MINUTES = 10


@dataclass(frozen=True)
class RowUndo:
    """An act on rows that can be taken back: its move, what is said of it and of its undo, and where to turn when it is too late."""

    move: str
    done: str
    undone: str
    instead: str


ROW_UNDOS = {
    "row_send": RowUndo(
        "send", "baris dikirim ke Tim SAKIP untuk dievaluasi", "baris kembali kepada Anda dan dapat diubah lagi",
        "Minta Tim SAKIP mengembalikan barisnya.",
    ),
    "row_accept": RowUndo(
        "accept", "baris diterima", "baris kembali menunggu penilaian",
        "Selama evaluasi berjalan, baris yang sudah diterima dapat dikembalikan dengan alasan.",
    ),
    "row_return": RowUndo(
        "return", "baris dikembalikan kepada penanggung jawabnya", "baris tidak jadi dikembalikan",
        "Barisnya dapat dinilai lagi setelah dikirim kembali.",
    ),
    "row_excuse": RowUndo(
        "excuse", "baris dikecualikan", "baris tidak jadi dikecualikan", "Catat barisnya di luar rencana bila tetap diukur.",
    ),
}  # fmt: skip
STEP_UNDOS = frozenset(
    {
        BRIEF.key,
        PLAN_ACTIVITIES.key,
        MEASURE.key,
        EVALUATE.key,
        RECAPITULATE.key,
        APPROVE.key,
        SEND_BACK,
    }
)
# Why the other actions stay done, and what there is instead.
KEPT_ACTIONS = {
    ORDER.key: "Perintah yang keliru dicabut dari halaman siklus, dengan alasan.",
    PREPARE_METHOD.key: "Metodologi yang ditetapkan membuka kertas kerja seluruh ASN, jadi tidak dapat dibatalkan begitu saja.",
    REPORT.key: (
        "Rekapitulasi yang terkirim disimpan sebagai dasar keputusan, jadi tidak dapat ditarik; mintalah agar dikembalikan dengan arahan."
    ),
    REPORT_TO_CAMAT.key: (
        "Laporan Hasil sudah sampai kepada penerimanya; bila isinya keliru, batalkan naskahnya dengan alasan lalu terbitkan lagi."
    ),
    ARCHIVE.key: "Arsip tidak berubah lagi; kesalahan diperbaiki dengan siklus koreksi.",
}


def is_undoable(action: str) -> bool:
    return action in ROW_UNDOS or action in STEP_UNDOS
