"""What the SOP says, as data.

The table below is the SOP "Pengukuran Data Kinerja", row by row: lay the printed SOP beside it and compare. The state machine, the pages, the
buttons, the clock, the papers and the tests are all read from here; nothing here reads anything else. {camat} and {sekcam} stand for the words
with which an office names those who lead it; `sop_edition` fills them, and says what else an office's own printed SOP decides.
"""

from dataclasses import dataclass, field
from enum import StrEnum

SOP_NAME = "Pengukuran Data Kinerja"
SOP_WARNING = "Bila pengukuran tidak diselesaikan, evaluasi AKIP terhambat."
SOP_FACTS = {
    "Kualifikasi pelaksana": "Mengukur realisasi capaian indikator dari program sampai sub kegiatan, dan menganalisisnya terhadap target Perjanjian Kinerja",
    "Keterkaitan": "SOP Pengumpulan Data Kinerja, yang mendahuluinya",
    "Peralatan": "Perjanjian Kinerja, Renstra, Renja, DPA, IKU, dan IKI",
    "Pencatatan": "Kertas Kerja Pengukuran Data Kinerja",
    "Peringatan": SOP_WARNING,
}


class Role(StrEnum):
    """The four actor columns of the SOP, named as a kecamatan names them, and the administrator who keeps the accounts."""

    CAMAT = "camat"
    SEKCAM = "sekcam"
    TIM_SAKIP = "tim_sakip"
    ASN = "asn"
    ADMINISTRATOR = "administrator"


# the headings of the actor columns
ROLE_NAMES = {
    Role.CAMAT: "{camat}",
    Role.SEKCAM: "{sekcam}",
    Role.TIM_SAKIP: "Tim SAKIP",
    Role.ASN: "Seluruh ASN",
    Role.ADMINISTRATOR: "Administrator",
}
# those who lead or evaluate, the highest first; everybody measures
LEADING = (Role.CAMAT, Role.SEKCAM, Role.TIM_SAKIP)
ACTORS = (*LEADING, Role.ASN)


class State(StrEnum):
    """A cycle's state is the step that it waits for; at the end the archive, or that its order was withdrawn."""

    PERINTAH = "perintah"
    ARAHAN = "arahan"
    RENCANA = "rencana"
    METODOLOGI = "metodologi"
    PENGUKURAN = "pengukuran"
    EVALUASI = "evaluasi"
    REKAPITULASI = "rekapitulasi"
    PELAPORAN = "pelaporan"
    KEPUTUSAN = "keputusan"
    LAPORAN = "laporan"
    PENGARSIPAN = "pengarsipan"
    ARSIP = "arsip"
    DICABUT = "dicabut"


class Output(StrEnum):
    """The output column: each step ends in one of these papers (`papers.KINDS` has the same keys)."""

    NOTA_DINAS_PERINTAH = "nota_dinas_perintah"
    NOTA_DINAS_ARAHAN = "nota_dinas_arahan"
    NOTULEN = "notulen"
    METODOLOGI = "kertas_kerja_metodologi"
    PENGUKURAN = "kertas_kerja_pengukuran"
    EVALUASI = "kertas_kerja_evaluasi"
    REKAP = "kertas_kerja_rekap"
    REKAPITULASI = "rekapitulasi"
    DRAFT_LAPORAN = "draft_laporan"
    LAPORAN = "laporan_hasil"
    ARSIP = "berita_acara_arsip"


@dataclass(frozen=True)
class Step:
    """One row of the SOP. `days` are working days, `minutes` working minutes; step 11 has no standard time and none is invented.

    `action` is what stands on its button, `done` what stands on the receipt once it is done, `past` what is said of who did it. A row is the same row in whatever words.
    """

    number: int
    key: str
    activity: str = field(compare=False)
    actor: Role
    source: State
    target: State
    requires: tuple[str, ...]
    output: Output
    output_name: str
    action: str = field(compare=False)
    done: str = field(compare=False)
    minutes: int = field(default=0, compare=False)
    days: int = field(default=0, compare=False)
    returns_to: State | None = None
    task: str = ""
    past: str = field(default="", compare=False)

    @property
    def task_title(self) -> str:
        """What the actor is asked to do; that is the action itself, except where there are two actions to choose from."""
        return self.task or self.action

    @property
    def of_all(self) -> str:
        """ "5 dari 11"."""
        return f"{self.number} dari {len(STEPS)}"

    @property
    def standard_label(self) -> str:
        days, minutes = (
            f"{self.days} hari" if self.days else "",
            f"{self.minutes} menit" if self.minutes else "",
        )
        return f"{days} {minutes}".strip() or "–"

    def standard_minutes(self, minutes_per_day: int) -> int | None:
        """The standard time in working minutes, or None where the SOP gives none."""
        return self.minutes + self.days * minutes_per_day or None


STEPS = (
    Step(1, "order", "{camat} memerintahkan {sekcam} untuk melakukan pengukuran data kinerja", Role.CAMAT,
         State.PERINTAH, State.ARAHAN, ("Nota Dinas",), Output.NOTA_DINAS_PERINTAH, "Nota Dinas",
         "Perintahkan pengukuran", "Pengukuran diperintahkan kepada {sekcam}", past="memerintahkan pengukuran", minutes=5),
    Step(2, "brief", "{sekcam} rapat dengan Tim SAKIP untuk memberikan arahan pelaksanaan pengukuran data kinerja", Role.SEKCAM,
         State.ARAHAN, State.RENCANA, ("Nota Dinas",), Output.NOTA_DINAS_ARAHAN, "Nota Dinas",
         "Sampaikan arahan ke Tim SAKIP", "Arahan disampaikan kepada Tim SAKIP", past="menyampaikan arahan kepada Tim SAKIP", minutes=60),
    Step(3, "plan_activities", "Tim SAKIP menyusun rencana kegiatan pengukuran kinerja", Role.TIM_SAKIP,
         State.RENCANA, State.METODOLOGI, ("Notulen Rapat",), Output.NOTULEN, "Notulen Rapat",
         "Tetapkan notulen dan rencana", "Notulen dan rencana kegiatan ditetapkan", past="menetapkan notulen dan rencana", minutes=120),
    Step(4, "prepare_method", "Tim SAKIP menyiapkan metodologi pengukuran untuk tiap program, kegiatan, sub kegiatan berdasarkan "
         "indikator kinerja SMART", Role.TIM_SAKIP,
         State.METODOLOGI, State.PENGUKURAN, ("DPA", "Renstra", "Renja", "Perjakin", "IKU", "IKI"), Output.METODOLOGI,
         "Kertas kerja pengukuran data kinerja", "Tetapkan metodologi dan buka pengukuran", "Metodologi ditetapkan, pengukuran dibuka",
         past="membuka pengukuran", days=1),
    Step(5, "measure", "Seluruh ASN internal melakukan pengukuran memakai metodologi yang ditetapkan", Role.ASN,
         State.PENGUKURAN, State.EVALUASI, ("Kertas kerja",), Output.PENGUKURAN, "Kertas kerja",
         "Selesaikan pengukuran", "Pengukuran oleh seluruh ASN selesai", past="menyelesaikan pengukuran", days=1),
    Step(6, "evaluate", "Tim SAKIP mengevaluasi capaian memakai metodologi yang ditetapkan", Role.TIM_SAKIP,
         State.EVALUASI, State.REKAPITULASI, ("Kertas kerja",), Output.EVALUASI, "Kertas kerja",
         "Selesaikan evaluasi", "Evaluasi selesai", past="menyelesaikan evaluasi", days=1),
    Step(7, "recapitulate", "Tim SAKIP merekap hasil untuk tiap program, kegiatan, sub kegiatan", Role.TIM_SAKIP,
         State.REKAPITULASI, State.PELAPORAN, ("Kertas kerja",), Output.REKAP, "Kertas kerja",
         "Tetapkan rekap", "Rekap ditetapkan", past="menetapkan rekap", minutes=120),
    Step(8, "report", "Tim SAKIP melaporkan rekapitulasi kepada {sekcam}", Role.TIM_SAKIP,
         State.PELAPORAN, State.KEPUTUSAN, ("Rekapitulasi",), Output.REKAPITULASI, "Rekapitulasi",
         "Kirim ke {sekcam}", "Rekapitulasi dikirim ke {sekcam}", past="mengirim rekapitulasi ke {sekcam}", minutes=60),
    Step(9, "approve", "{sekcam} menganalisa; setuju: bahan Laporan Kinerja dan Evaluasi; tidak: dikembalikan untuk dilengkapi sesuai arahan",
         Role.SEKCAM,
         State.KEPUTUSAN, State.LAPORAN, ("Draft Laporan Hasil",), Output.DRAFT_LAPORAN, "Draft Laporan Hasil",
         "Setujui", "Rekapitulasi disetujui", past="menyetujui rekapitulasi", minutes=120, returns_to=State.EVALUASI, task="Putuskan rekapitulasi"),
    Step(10, "report_to_camat", "{sekcam} melaporkan data pengukuran kinerja kepada {camat}", Role.SEKCAM,
         State.LAPORAN, State.PENGARSIPAN, ("Laporan hasil",), Output.LAPORAN, "Laporan hasil",
         "Laporkan kepada {camat}", "Hasil pengukuran dilaporkan kepada {camat}", past="melaporkan hasil kepada {camat}", minutes=30),
    Step(11, "archive", "Pengarsipan data kinerja", Role.TIM_SAKIP,
         State.PENGARSIPAN, State.ARSIP, ("Arsip",), Output.ARSIP, "Arsip",
         "Arsipkan", "Data kinerja diarsipkan", past="mengarsipkan data kinerja"),
)  # fmt: skip

# The rows by name, for what belongs to one step alone.
(
    ORDER,
    BRIEF,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    MEASURE,
    EVALUATE,
    RECAPITULATE,
    REPORT,
    APPROVE,
    REPORT_TO_CAMAT,
    ARCHIVE,
) = STEPS

SEND_BACK = "send_back"
SEND_BACK_LABEL = "Kembalikan dengan arahan"
SENT_BACK = "Rekapitulasi dikembalikan dengan arahan"

STEP_BY_KEY = {step.key: step for step in STEPS}
STEP_BY_NUMBER = {step.number: step for step in STEPS}
STEP_BY_STATE = {step.source: step for step in STEPS}
STEP_BY_OUTPUT: dict[str, Step] = {step.output: step for step in STEPS}
DECISION = next(step for step in STEPS if step.returns_to)
# the step to which a cycle is sent back
REWORK = next(STEP_BY_STATE[step.returns_to] for step in STEPS if step.returns_to)
SCHEDULED_STEPS = STEPS[STEPS.index(PLAN_ACTIVITIES) + 1 :]
SCHEDULED_SPAN = f"langkah {SCHEDULED_STEPS[0].number} sampai {SCHEDULED_STEPS[-1].number}"
ACTIONS = (*STEP_BY_KEY, SEND_BACK)

# no step of the SOP: the order is taken back, and the cycle with it
WITHDRAW = "withdraw"
WITHDRAW_LABEL = "Cabut perintah"
WITHDRAWN = "Perintah pengukuran dicabut"
# what stands on the button and on the receipt of actions beside the steps
BESIDE_STEPS = {SEND_BACK: (SEND_BACK_LABEL, SENT_BACK), WITHDRAW: (WITHDRAW_LABEL, WITHDRAWN)}
# what is said of whoever did them
PAST_BESIDE_STEPS = {SEND_BACK: "mengembalikan rekapitulasi", WITHDRAW: "mencabut perintah pengukuran"}
CLOSED = frozenset({State.ARSIP, State.DICABUT})
# until the worksheets are opened, whoever ordered takes the order back alone; from then on somebody's work is lost with it
WITHDRAWN_ALONE = frozenset(step.source for step in STEPS[: STEPS.index(MEASURE)])
WITHDRAWN_WITH_CONSENT = frozenset(step.source for step in STEPS[STEPS.index(MEASURE) :])


def step_of(action: str) -> Step:
    """The step that an action belongs to: its own, or the decision for sending back. KeyError for an unknown action."""
    return DECISION if action == SEND_BACK else STEP_BY_KEY[action]


class RowState(StrEnum):
    """The small machine of one worksheet row."""

    KOSONG = "kosong"
    DRAF = "draf"
    TERKIRIM = "terkirim"
    DITERIMA = "diterima"
    DIKEMBALIKAN = "dikembalikan"
    DIKECUALIKAN = "dikecualikan"
    MENGIKUTI = "mengikuti"
    BELUM_WAKTUNYA = "belum_waktunya"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


OPEN_ROWS = frozenset({RowState.KOSONG, RowState.DRAF, RowState.DIKEMBALIKAN})
# rows into which nobody enters anything: those that follow others show what is theirs, those that are not due come later
UNTYPED_ROWS = frozenset({RowState.MENGIKUTI, RowState.BELUM_WAKTUNYA})
SETTLED_ROWS = frozenset({RowState.DITERIMA, RowState.DIKECUALIKAN}) | UNTYPED_ROWS
MOVABLE_SETTLED = SETTLED_ROWS - UNTYPED_ROWS


@dataclass(frozen=True)
class RowMove:
    """What may be done to a row: by whom, while the cycle is where, from which row states to which (None: stays as it is, or draf if kosong)."""

    actor: Role
    during: frozenset[State]
    sources: frozenset[RowState]
    target: RowState | None = None


MEASURING = frozenset({State.PENGUKURAN, State.EVALUASI})
# what the Sekcam approved serves as material for the LKjIP, and nothing changes it any more
APPROVED = frozenset(step.target for step in STEPS[STEPS.index(DECISION) :])
ROW_MOVES = {
    "save": RowMove(Role.ASN, MEASURING, OPEN_ROWS),
    "send": RowMove(Role.ASN, MEASURING, OPEN_ROWS, RowState.TERKIRIM),
    # what was not planned but done all the same
    "record": RowMove(Role.ASN, MEASURING, frozenset({RowState.DIKECUALIKAN}), RowState.DRAF),
    "fill_for": RowMove(Role.TIM_SAKIP, MEASURING, OPEN_ROWS),
    "excuse": RowMove(Role.TIM_SAKIP, MEASURING, OPEN_ROWS, RowState.DIKECUALIKAN),
    "accept": RowMove(
        Role.TIM_SAKIP, frozenset({State.EVALUASI}), frozenset({RowState.TERKIRIM}), RowState.DITERIMA
    ),
    "return": RowMove(
        Role.TIM_SAKIP,
        frozenset({State.EVALUASI}),
        frozenset({RowState.TERKIRIM, RowState.DITERIMA}),
        RowState.DIKEMBALIKAN,
    ),
    "reopen": RowMove(Role.SEKCAM, frozenset({State.KEPUTUSAN}), MOVABLE_SETTLED, RowState.DIKEMBALIKAN),
}

REFERENCE_DOCUMENTS = {
    "dpa": "Dokumen Pelaksanaan Anggaran (DPA)",
    "renstra": "Rencana Strategis (Renstra)",
    "renja": "Rencana Kerja (Renja)",
    "perjakin": "Perjanjian Kinerja (Perjakin)",
    "iku": "Indikator Kinerja Utama (IKU)",
    "iki": "Indikator Kinerja Individu (IKI)",
}

# The steps by the numbers under which databases and archives of before migration 0006 plan them. Fixed, whatever becomes of the table above.
STEP_KEY_BY_EARLIER_NUMBER = dict(
    enumerate(
        (
            "order", "brief", "plan_activities", "prepare_method", "measure", "evaluate", "recapitulate", "report", "approve",
            "report_to_camat", "archive",
        ),
        start=1,
    )
)  # fmt: skip
