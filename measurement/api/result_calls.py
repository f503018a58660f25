"""What was reached: the office, its branches and its indicators, from the calculation behind page, paper and workbook."""

from django.http import HttpRequest
from ninja import Query, Router

from measurement.figures.calculation import NodeFigures, Sheet, calculate
from measurement.figures.explain import row_workings
from measurement.figures.explain_branches import branch_workings
from measurement.figures.past_cycles import has_worksheet
from measurement.figures.recap import efficiency_word
from measurement.figures.rows import RowFigures
from measurement.models import WorksheetRow
from measurement.rules.figure import Figure, Gap
from measurement.rules.machine_access import Scope
from measurement.rules.office_rules import rules_words
from measurement.rules.sop import APPROVED

from .answers import PROBLEMS, PageAsked, link, page_of_list
from .bearer import ApiToken, caller
from .cycle_calls import told_cycle_of
from .figures import mean_told, number_told, percent_told, person_of, purse_of, workings_of
from .problems import Problem
from .shapes import HalamanHasilCabang, HalamanHasilIndikator, HasilCabang, HasilIndikator, HasilKantor

result_calls = Router(tags=["Hasil"])
WITHDRAWN = "Perintah siklus ini sudah dicabut, jadi angkanya tidak diberikan."
NO_WORKSHEET = "Metodologi siklus ini belum ditetapkan, jadi belum ada yang diukur."
UNSENT = Figure(gap=Gap.NOT_SENT)


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    cycle = told_cycle_of(request, pk, Scope.RESULTS)
    if cycle.is_withdrawn or not has_worksheet(cycle):
        raise Problem(409, WITHDRAWN if cycle.is_withdrawn else NO_WORKSHEET)
    return calculate(cycle, sent_only=True)


@result_calls.get(
    "siklus/{int:siklus_id}/hasil",
    response={200: HasilKantor, **PROBLEMS},
    summary="Hasil seluruh perangkat daerah",
    operation_id="hasilKantor",
)
def office_result(request: HttpRequest, siklus_id: int) -> HasilKantor:
    sheet = _sheet(request, siklus_id)
    cycle, office, enough = sheet.cycle, sheet.office, sheet.sent.is_enough
    return HasilKantor(
        siklus=cycle.pk,
        periode=cycle.period,
        disetujui=cycle.state in APPROVED,
        terkirim="" if enough else sheet.sent.too_few_words,
        rata_rata=mean_told(office.capaian, sheet.told(office)),
        predikat=sheet.told_predicate(office),
        uang=purse_of(office),
        efisiensi=efficiency_word(office) if enough else "–",
        aturan=rules_words(cycle.rules),
        hitungan=workings_of(branch_workings(office, cycle.rules)) if enough else [],
        cabang=link(request, f"siklus/{cycle.pk}/hasil/cabang"),
        indikator=link(request, f"siklus/{cycle.pk}/hasil/indikator"),
    )


@result_calls.get(
    "siklus/{int:siklus_id}/hasil/cabang",
    response={200: HalamanHasilCabang, **PROBLEMS},
    summary="Hasil sasaran sampai sub kegiatan, urut rencana",
    operation_id="hasilCabang",
)
def branch_results(request: HttpRequest, siklus_id: int, asked: Query[PageAsked]) -> HalamanHasilCabang:
    sheet = _sheet(request, siklus_id)
    page, following = page_of_list(
        request, [branch for _, branch in sheet.nodes()], asked, lambda branch: branch.node.pk
    )
    return HalamanHasilCabang(data=[_branch(sheet, branch) for branch in page], berikutnya=following)


@result_calls.get(
    "siklus/{int:siklus_id}/hasil/indikator",
    response={200: HalamanHasilIndikator, **PROBLEMS},
    summary="Hasil tiap indikator dengan cara hitungnya",
    operation_id="hasilIndikator",
)
def indicator_results(request: HttpRequest, siklus_id: int, asked: Query[PageAsked]) -> HalamanHasilIndikator:
    token, sheet = caller(request), _sheet(request, siklus_id)
    codes = {branch.node.pk: branch.node.code for _, branch in sheet.nodes()}
    page, following = page_of_list(request, list(sheet.rows.values()), asked, lambda figures: figures.row.pk)
    return HalamanHasilIndikator(
        data=[_row(token, sheet, figures, codes) for figures in page], berikutnya=following
    )


def _branch(sheet: Sheet, branch: NodeFigures) -> HasilCabang:
    node = branch.node
    return HasilCabang(
        id=node.pk,
        induk=node.parent_id,
        cabang_rencana=node.plan_node_id,
        tingkat=node.level,
        kode=node.code,
        nama=node.name,
        sub_unit=node.sub_unit,
        dihentikan=node.stopped,
        rata_rata=mean_told(branch.capaian),
        predikat=branch.predicate,
        uang=purse_of(branch),
        efisiensi=efficiency_word(branch),
        hitungan=workings_of(branch_workings(branch, sheet.cycle.rules)),
    )


def _row(token: ApiToken, sheet: Sheet, figures: RowFigures, codes: dict[int, str]) -> HasilIndikator:
    """A row; of one that is still a draft only what was to be reached."""
    row, cycle = figures.row, sheet.cycle
    realised = None if figures.is_draft else figures.realised
    to_date = None if figures.is_draft else figures.to_date.realised
    return HasilIndikator(
        **frozen_definition(row),
        id=row.pk,
        cabang=row.node_id,
        indikator=row.indicator_id,
        kode=codes[row.node_id],
        keadaan=row.state_label,
        penanggung_jawab=person_of(row.owner, token),
        target=number_told(figures.target, figures.shown_target),
        target_sd=number_told(figures.to_date.target, figures.shown_target_to_date),
        target_setahun=number_told(row.target_year, row.shown_target(row.target_year)),
        realisasi=number_told(realised, row.shown(realised)),
        realisasi_sd=number_told(to_date, row.shown(to_date)),
        capaian_sd=percent_told(figures.counted),
        capaian_setahun=percent_told(figures.counted_year),
        predikat="" if figures.is_draft else figures.predicate,
        hitungan=[]
        if figures.is_draft
        else workings_of(row_workings(figures, cycle.period_of_year, cycle.rules)),
    )


def frozen_definition(row: WorksheetRow) -> dict[str, str]:
    """What is measured, and how."""
    return {
        "nama": row.name,
        "satuan": row.measure,
        "arah": row.get_method_display(),
        "sifat": row.get_accumulation_display(),
        "jadwal": row.schedule_words,
    }
