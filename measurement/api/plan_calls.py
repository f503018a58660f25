"""The plan: its tree with pagu, and its indicators with targets of each year."""

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from measurement.models import Indicator, Plan, PlanNode, Target
from measurement.rules.machine_access import Scope
from measurement.rules.schedules import schedule_words

from .answers import PROBLEMS, PageAsked, link, page_of_list, page_of_rows
from .bearer import ApiToken, caller
from .figures import number_told, person_of
from .shapes import (
    CabangRencana,
    HalamanCabangRencana,
    HalamanIndikatorRencana,
    HalamanRencana,
    IndikatorRencana,
    Rencana,
    TargetSetahun,
)

plan_calls = Router(tags=["Rencana"])


@plan_calls.get(
    "rencana",
    response={200: HalamanRencana, **PROBLEMS},
    summary="Rencana kantor",
    operation_id="daftarRencana",
)
def list_plans(request: HttpRequest, asked: Query[PageAsked]) -> HalamanRencana:
    found = Plan.objects.visible_to(caller(request, Scope.PLAN))
    page, following = page_of_rows(request, found, asked)
    return HalamanRencana(data=[_plan(request, plan) for plan in page], berikutnya=following)


def _plan(request: HttpRequest, plan: Plan) -> Rencana:
    return Rencana(
        id=plan.pk,
        nama=str(plan),
        tahun_awal=plan.start_year,
        tahun_akhir=plan.end_year,
        sumber=plan.source_note,
        frekuensi={str(year): frequency.noun for year, frequency in plan.frequencies.items()},
        cabang=link(request, f"rencana/{plan.pk}/cabang"),
        indikator=link(request, f"rencana/{plan.pk}/indikator"),
    )


def _plan_of(request: HttpRequest, pk: int) -> tuple[ApiToken, Plan]:
    token = caller(request, Scope.PLAN)
    return token, get_object_or_404(Plan.objects.visible_to(token), pk=pk)


@plan_calls.get(
    "rencana/{int:rencana_id}/cabang",
    response={200: HalamanCabangRencana, **PROBLEMS},
    summary="Pohon rencana dengan pagu tiap tahun",
    operation_id="cabangRencana",
)
def plan_branches(request: HttpRequest, rencana_id: int, asked: Query[PageAsked]) -> HalamanCabangRencana:
    token, plan = _plan_of(request, rencana_id)
    nodes = list(
        plan.nodes.select_related("owner", "sub_unit").prefetch_related("pagu").order_by("position", "pk")
    )
    page, following = page_of_list(request, nodes, asked, lambda node: node.pk)
    return HalamanCabangRencana(data=[_branch(token, node) for node in page], berikutnya=following)


def _branch(token: ApiToken, node: PlanNode) -> CabangRencana:
    return CabangRencana(
        id=node.pk,
        induk=node.parent_id,
        tingkat=node.level,
        kode=node.code,
        nama=node.name,
        sub_unit=node.sub_unit.name if node.sub_unit else "",
        penanggung_jawab=person_of(node.owner, token) if node.owner else None,
        pagu={str(pagu.year): format(pagu.amount, "f") for pagu in node.pagu.all()},
    )


@plan_calls.get(
    "rencana/{int:rencana_id}/indikator",
    response={200: HalamanIndikatorRencana, **PROBLEMS},
    summary="Indikator dengan target tiap tahun dan periode",
    operation_id="indikatorRencana",
)
def plan_indicators(
    request: HttpRequest, rencana_id: int, asked: Query[PageAsked]
) -> HalamanIndikatorRencana:
    token, plan = _plan_of(request, rencana_id)
    targets = Prefetch("targets", Target.objects.order_by("year"))
    found = Indicator.objects.filter(node__plan=plan).select_related("owner").prefetch_related(targets)
    page, following = page_of_rows(request, found, asked)
    return HalamanIndikatorRencana(data=[_indicator(token, plan, one) for one in page], berikutnya=following)


def _indicator(token: ApiToken, plan: Plan, indicator: Indicator) -> IndikatorRencana:
    return IndikatorRencana(
        id=indicator.pk,
        cabang=indicator.node_id,
        nama=indicator.name,
        satuan=indicator.measure,
        arah=indicator.get_method_display(),
        sifat=indicator.get_accumulation_display(),
        jadwal=schedule_words(indicator.schedule),
        formula=indicator.formula,
        sumber=indicator.source,
        tidak_dipakai_lagi=indicator.retired,
        penanggung_jawab=person_of(indicator.owner, token) if indicator.owner else None,
        target=[_target(indicator, target, plan) for target in indicator.targets.all()],
    )


def _target(indicator: Indicator, target: Target, plan: Plan) -> TargetSetahun:
    frequency = plan.frequency_in(target.year)
    spans = target.spans_of_periods(frequency)
    periods = zip(target.of_periods(frequency), spans, strict=True)
    return TargetSetahun(
        tahun=target.year,
        setahun=number_told(target.annual, indicator.shown_target(target.span or target.annual)),
        periode=[number_told(value, indicator.shown_target(span or value)) for value, span in periods],
    )
