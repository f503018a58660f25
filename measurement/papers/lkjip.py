"""Material for chapter III of the LKjIP as an editable Word document: not an issued paper, no number, nothing stored.

Every figure comes from `calculation` and `e81`; the texts are those of the owners, to be edited.
"""

from measurement.figures import e81
from measurement.figures.calculation import BranchFigures, NodeFigures, Sheet
from measurement.figures.explain_branches import efficiency_points
from measurement.figures.opening_notes import (
    SIGN,
    marked_notes,
    money_sign,
    opening_years,
    signed,
    to_date_sign,
)
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import Level
from measurement.rules.dates import local_date
from measurement.rules.numbers import kept_number, show_money, show_percent
from measurement.rules.office_rules import rules_words
from measurement.rules.reading_names import reading_name
from measurement.rules.row_fields import IN_REPORT
from measurement.rules.sop import Output

from . import results, tables
from .analysis import is_short
from .docx_writer import WordColumn, WordDocument, WordLine

TITLE = "Bahan Bab III Akuntabilitas Kinerja LKjIP"
MOST_NAMES = 3  # names shown of the indicators that share one text


def lkjip_material(sheet: Sheet) -> bytes:
    """The docx of a cycle whose recap the Sekcam has approved."""
    cycle, unit = sheet.cycle, sheet.cycle.unit
    word = WordDocument(
        f"{TITLE} {unit.name} {cycle.period}",
        unit.name,
        unit.paper_size,
        f"{unit.name} · {unit.government}",
        f"{TITLE}, {cycle.period}",
    )
    word.heading(1, "BAB III AKUNTABILITAS KINERJA")
    for sentence in preface(sheet):
        word.paragraph(sentence, "Catatan")
    word.heading(2, "A. Capaian Kinerja Organisasi")
    for sentence in results.summary(sheet):
        word.paragraph(sentence)
    for branch in sheet.office.children:
        _goal(word, sheet, branch)
    _budget(word, sheet)
    _sources(word, sheet)
    return word.content()


def preface(sheet: Sheet) -> list[str]:
    """What this is and what it is not."""
    cycle = sheet.cycle
    draft = cycle.papers.filter(kind=Output.DRAFT_LAPORAN).last()
    approved = (
        f" dan disetujui {cycle.sop.secretary.formal} dengan Draft Laporan Nomor {draft.number} tanggal {local_date(draft.issued_at)}"
        if draft
        else ""
    )
    return [
        f"BAHAN UNTUK DISUNTING. Naskah ini memuat angka sampai dengan {cycle.period} menurut kertas kerja pengukuran data kinerja yang telah "
        f"dievaluasi Tim SAKIP{approved}. Naskah ini bukan LKjIP, tidak bernomor, dan tidak ditandatangani.",
        "Lengkapi uraian, perbarui angka bila periode berikutnya telah diukur, dan hapus catatan ini sebelum naskah dipakai.",
    ]


def _goal(word: WordDocument, sheet: Sheet, branch: NodeFigures) -> None:
    """One sasaran: what it reached, beside other years and the end of the plan, why, at which cost, and by which programs."""
    rows = branch.rows or [figures for child in branch.children for figures in child.rows]
    word.heading(3, f"{branch.node.get_level_display()} {branch.node.code}: {reading_name(branch.node.name)}")
    word.paragraph(_reached(sheet, branch))
    word.heading(4, f"1. Target dan realisasi tahun {sheet.cycle.year}")
    _this_year(word, sheet, rows)
    word.heading(4, "2. Perbandingan dengan tahun-tahun sebelumnya")
    _earlier_years(word, sheet, rows)
    word.heading(4, f"3. Perbandingan dengan target akhir Renstra tahun {sheet.cycle.plan.end_year}")
    _end_of_plan(word, sheet, rows)
    word.heading(4, "4. Analisis penyebab keberhasilan dan kegagalan serta tindak lanjut")
    _causes(word, branch)
    word.heading(4, "5. Efisiensi penggunaan sumber daya")
    _efficiency(word, sheet, branch)
    word.heading(4, "6. Program dan kegiatan yang menunjang")
    _programs(word, branch)


def _reached(sheet: Sheet, branch: NodeFigures) -> str:
    """How far the sasaran got by what leads; the other figure is told beside it."""
    line, period = recap_line(branch), sheet.cycle.period
    apart = (
        f" Di samping itu, {line['beside_name']}: {line['beside']} ({line['beside_counted']})."
        if line["beside"]
        else ""
    )
    if branch.capaian.figure.value is None:
        return f"Capaian sampai dengan {period} belum dapat dihitung: {line['counted']}.{apart}"
    return (
        f"Capaian sampai dengan {period} adalah {line['capaian']}, predikat {line['predicate']} ({line['counted']}), dengan serapan anggaran "
        f"{line['serapan']}.{apart}"
    )


def _this_year(word: WordDocument, sheet: Sheet, rows: list[RowFigures]) -> None:
    until = sheet.cycle.period_of_year.to_date
    columns = (
        WordColumn("Indikator", 28), WordColumn("Satuan", 11), WordColumn("Target setahun", 12, True), WordColumn(f"Target {until}", 12, True),
        WordColumn(f"Realisasi {until}", 15, True), WordColumn(f"Capaian {until}", 14, True), WordColumn("Capaian setahun", 14, True),
        WordColumn("Predikat", 17),
    )  # fmt: skip
    keys = ("name", "measure", "target_year", "target_to_date", "realised_to_date", "capaian", "capaian_year")
    lines = [
        WordLine([*(core[key] for key in keys), core["remark"] or core["predicate"]])
        for core in map(tables.core, rows)
    ]
    word.table(f"Target dan realisasi sampai dengan {sheet.cycle.period}", columns, lines)


def _earlier_years(word: WordDocument, sheet: Sheet, rows: list[RowFigures]) -> None:
    years = sorted({year for figures in rows for year in figures.row.years_before})
    if not years:
        word.paragraph(
            "Belum ada tahun sebelumnya dalam rencana ini yang diarsipkan dalam sistem; isi perbandingan dari LKjIP tahun lalu."
        )
        return
    now = f"Realisasi {sheet.cycle.year} {sheet.cycle.period_of_year.to_date}"
    columns = (
        WordColumn("Indikator", 40),
        WordColumn("Satuan", 14),
        *(WordColumn(f"Realisasi {year}", 14, True) for year in years),
        WordColumn(now, 16, True),
    )
    lines = [
        WordLine([figures.row.name, figures.row.measure, *_past(figures, years), _realised(figures)])
        for figures in rows
    ]
    word.table("Realisasi dibandingkan dengan tahun-tahun sebelumnya", columns, lines)
    for note in marked_notes(sheet):
        word.paragraph(note, "Catatan")


def _past(figures: RowFigures, years: list[str]) -> list[str]:
    values = figures.row.years_before
    shown = {year: figures.row.shown(kept_number(values[year]) if year in values else None) for year in years}
    return [signed(text, SIGN if year in figures.row.opening else "") for year, text in shown.items()]


def _realised(figures: RowFigures) -> str:
    return signed(figures.row.shown(figures.to_date.realised), to_date_sign(figures))


def _end_of_plan(word: WordDocument, sheet: Sheet, rows: list[RowFigures]) -> None:
    """Columns 6, 14 and 15 of Form E.81."""
    columns = (
        WordColumn("Indikator", 40), WordColumn("Satuan", 14), WordColumn(f"Target akhir {sheet.cycle.plan.end_year}", 14, True),
        WordColumn("Realisasi sampai saat ini", 16, True), WordColumn("Tingkat kemajuan", 16, True),
    )  # fmt: skip
    lines = []
    for figures in rows:
        k = e81.performance(figures, sheet.cycle.rules, sheet.cycle.period_of_year)
        row = figures.row
        lines.append(
            WordLine(
                [
                    row.name,
                    row.measure,
                    row.shown_target(row.plan_span or k[6]),
                    signed(row.shown(k[14]), SIGN if row.opening else ""),
                    show_percent(k[15]),
                ]
            )
        )
    word.table("Kemajuan terhadap target akhir Renstra", columns, lines)


def _causes(word: WordDocument, branch: NodeFigures) -> None:
    rows = branch.all_rows()
    short = [figures for figures in rows if is_short(figures)]
    word.paragraph(
        f"Indikator yang belum mencapai target pada sasaran ini dan di bawahnya: {_named(short) if short else 'tidak ada'}."
    )
    for field, label in IN_REPORT.items():
        told: dict[str, list[RowFigures]] = {}
        for figures in rows:
            if text := getattr(figures.row, field).strip():
                told.setdefault(text, []).append(figures)
        if told:
            word.paragraph(f"{label}:", "Pengantar Daftar")
            word.bullets(f"{text} (indikator: {_named(found)})" for text, found in told.items())


def _named(rows: list[RowFigures]) -> str:
    """The names of some indicators, each once."""
    names = list(dict.fromkeys(figures.row.name for figures in rows))
    rest = len(names) - MOST_NAMES
    return "; ".join(names[:MOST_NAMES]) + (f"; dan {rest} lainnya" if rest > 0 else "")


def _efficiency(word: WordDocument, sheet: Sheet, branch: NodeFigures) -> None:
    columns = (
        WordColumn("Program", 46),
        WordColumn("Capaian", 14, True),
        WordColumn("Serapan", 14, True),
        WordColumn("Selisih", 24, True),
        WordColumn("Efisiensi", 16),
    )
    lines = []
    for found in [*branch.children, branch]:
        line, points = (
            recap_line(found),
            efficiency_points(found) if found.efficiency else "–",
        )
        lines.append(
            WordLine(
                [_titled(found), line["capaian"], line["serapan"], points, line["efficiency"]],
                strong=found is branch,
            )
        )
    word.table("Capaian dibandingkan dengan serapan anggaran", columns, lines)


def _programs(word: WordDocument, branch: NodeFigures) -> None:
    columns = (
        WordColumn("Program dan kegiatan", 54),
        WordColumn("Capaian", 14, True),
        WordColumn("Dihitung", 22),
        WordColumn("Predikat", 16),
    )
    supporting = [found for found in branch.walk() if found.node.level in (Level.PROGRAM, Level.KEGIATAN)]
    lines = []
    for found in supporting:
        line = recap_line(found)
        lines.append(
            WordLine(
                [_titled(found), line["capaian"], line["counted"], line["predicate"]],
                strong=found.node.level == Level.PROGRAM,
            )
        )
    word.table("Capaian program dan kegiatan yang menunjang", columns, lines)


def _titled(branch: BranchFigures) -> str:
    return f"{branch.node.code} {branch.node.name}" if branch.node else recap_line(branch)["name"]


def _budget(word: WordDocument, sheet: Sheet) -> None:
    office, cycle = sheet.office, sheet.cycle
    word.heading(2, "B. Realisasi Anggaran")
    word.paragraph(
        f"Pagu anggaran tahun {cycle.year} {show_money(office.pagu)}; realisasi sampai dengan {cycle.period} {show_money(office.spent_to_date)}, "
        f"serapan {show_percent(office.serapan.value)}."
    )
    columns = (WordColumn("Program, kegiatan, dan sub kegiatan", 44), WordColumn("Pagu", 18, True), WordColumn("Realisasi", 18, True), WordColumn("Sisa", 18, True),
               WordColumn("Serapan", 12, True))  # fmt: skip
    branches = [found for _, found in sheet.nodes() if found.node.level != Level.SASARAN]
    lines = [_money_line(found) for found in [*branches, office]]
    word.table(f"Pagu dan realisasi anggaran sampai dengan {cycle.period}", columns, lines)


def _money_line(branch: BranchFigures) -> WordLine:
    rest = None if branch.spent_to_date is None else branch.pagu - branch.spent_to_date
    texts = [
        _titled(branch),
        show_money(branch.pagu),
        signed(show_money(branch.spent_to_date), money_sign(branch)),
        show_money(rest),
        show_percent(branch.serapan.value),
    ]
    return WordLine(texts, strong=branch.node is None or branch.node.level == Level.PROGRAM)


def _sources(word: WordDocument, sheet: Sheet) -> None:
    word.heading(2, "Sumber angka dan aturan perhitungan")
    source = sheet.cycle.plan.source_note
    years = [year for year in e81.archived_years(sheet) if year not in opening_years(sheet)]
    word.bullets(
        [
            *([f"Sumber angka rencana: {source}"] if source else []),
            f"Tahun sebelumnya yang diarsipkan: {', '.join(years) if years else 'belum ada'}.",
            *marked_notes(sheet),
            "Realisasi sampai saat ini terhadap target akhir Renstra: penjumlahan tahun-tahun untuk indikator bersifat jumlah, selain itu angka tahun ini.",
            *rules_words(sheet.cycle.rules),
        ]
    )
