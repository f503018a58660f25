"""The office of the token, and its cycles: where each stands, whose turn it is, until when."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from measurement.models import MeasurementCycle, Stay
from measurement.rules.machine_access import Scope
from measurement.rules.sop import APPROVED

from .answers import PROBLEMS, PageAsked, link, page_of_rows
from .bearer import ApiToken, caller
from .problems import Problem
from .shapes import Giliran, HalamanSiklus, Kantor, Periode, Siklus, SiklusLengkap, Singgah

cycle_calls = Router(tags=["Siklus"])
NOT_APPROVED_YET = "Hasil siklus ini belum disetujui. Token dengan cakupan “berjalan” membukanya lebih awal."


def cycle_of(request: HttpRequest, pk: int) -> MeasurementCycle:
    """A cycle of the token's office; 404 for any other."""
    token = caller(request)
    cycle = get_object_or_404(MeasurementCycle.objects.visible_to(token), pk=pk)
    cycle.unit = token.unit
    return cycle


def told_cycle_of(request: HttpRequest, pk: int, scope: Scope) -> MeasurementCycle:
    """One of which this token may be told what came of it: an approved one, or any if it may see what is under way."""
    token = caller(request, scope)
    cycle = cycle_of(request, pk)
    if cycle.state not in APPROVED and not token.allows(Scope.UNDER_WAY):
        raise Problem(403, NOT_APPROVED_YET)
    return cycle


@cycle_calls.get(
    "",
    response={200: Kantor, **PROBLEMS},
    summary="Kantor token ini, cakupannya, dan jalan masuknya",
    operation_id="kantor",
)
def office_of_token(request: HttpRequest) -> Kantor:
    token = caller(request)
    unit = token.unit
    return Kantor(
        kode=unit.code,
        nama=unit.name,
        pemerintah=unit.government,
        token=token.name,
        cakupan=[scope.value for scope in token.scope_list],
        berlaku_sampai=timezone.localtime(token.expires_at),
        siklus=link(request, "siklus"),
        rencana=link(request, "rencana"),
        naskah=link(request, "naskah"),
    )


@cycle_calls.get(
    "siklus",
    response={200: HalamanSiklus, **PROBLEMS},
    summary="Siklus kantor, yang terlama lebih dahulu",
    operation_id="daftarSiklus",
)
def list_cycles(
    request: HttpRequest,
    asked: Query[PageAsked],
    tahun: int = Query(0, ge=0, le=9999, description="0: semua tahun."),
) -> HalamanSiklus:
    token = caller(request, Scope.CYCLES)
    found = MeasurementCycle.objects.visible_to(token)
    page, following = page_of_rows(request, found.filter(year=tahun) if tahun else found, asked)
    here = Stay.objects.with_terms().filter(cycle__in=[cycle.pk for cycle in page], left_at=None)
    stays = {stay.cycle_id: stay for stay in here}
    return HalamanSiklus(
        data=[_cycle(request, token, cycle, stays.get(cycle.pk)) for cycle in page], berikutnya=following
    )


@cycle_calls.get(
    "siklus/{int:siklus_id}",
    response={200: SiklusLengkap, **PROBLEMS},
    summary="Satu siklus dengan riwayat langkahnya",
    operation_id="siklus",
)
def one_cycle(request: HttpRequest, siklus_id: int) -> SiklusLengkap:
    token, cycle = caller(request, Scope.CYCLES), cycle_of(request, siklus_id)
    stays = list(cycle.stays.with_terms())
    here = next((stay for stay in stays if stay.left_at is None), None)
    told = _cycle(request, token, cycle, here)
    history = [_stay(cycle, stay) for stay in stays]
    return SiklusLengkap(**told.model_dump(), jadwal=cycle.planned_dates, riwayat=history)


def _cycle(request: HttpRequest, token: ApiToken, cycle: MeasurementCycle, here: Stay | None) -> Siklus:
    cycle.unit = token.unit
    period = cycle.period_of_year
    return Siklus(
        id=cycle.pk,
        nama=str(cycle),
        tahun=cycle.year,
        periode=Periode(
            frekuensi=period.frequency.noun,
            nomor=period.number,
            nama=cycle.period,
            mulai=cycle.first_day,
            selesai=cycle.last_day,
        ),
        keadaan=_state(cycle),
        putaran=cycle.round,
        dibuka=timezone.localtime(cycle.opened_at),
        koreksi_atas=cycle.amends_id,
        rencana=cycle.plan_id,
        giliran=_turn(cycle, here) if here and cycle.is_under_way else None,
        alamat=link(request, f"siklus/{cycle.pk}"),
    )


def _state(cycle: MeasurementCycle) -> str:
    if cycle.is_withdrawn:
        return "dicabut"
    if cycle.is_archived:
        return "diarsipkan"
    return "disetujui" if cycle.state in APPROVED else "berjalan"


def _turn(cycle: MeasurementCycle, here: Stay) -> Giliran:
    here.cycle, step = cycle, cycle.current_step
    deadline = here.deadline(cycle.unit.calendar)
    return Giliran(
        nomor=step.number,
        kunci=step.key,
        kegiatan=step.activity,
        pelaksana=cycle.sop.label(step.actor),
        putaran=here.round,
        sejak=timezone.localtime(here.arrived_at),
        batas=deadline.at and timezone.localtime(deadline.at),
        batas_kantor=deadline.is_own,
        terlambat=deadline.at is not None and deadline.at < timezone.now(),
    )


def _stay(cycle: MeasurementCycle, stay: Stay) -> Singgah:
    step = cycle.sop.step_by_key[stay.step]
    return Singgah(
        nomor=step.number,
        kunci=step.key,
        putaran=stay.round,
        tiba=timezone.localtime(stay.arrived_at),
        selesai=stay.left_at and timezone.localtime(stay.left_at),
        tindakan=cycle.sop.done_label(stay.action) if stay.action else "",
        sebagai=stay.left_as,
    )
