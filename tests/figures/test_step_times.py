"""The time that steps took against the standard times of the SOP, in working minutes."""

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from measurement.figures.step_times import paces, punctuality
from measurement.models import MeasurementCycle, Stay
from measurement.rules.deadlines import WorkCalendar
from measurement.rules.sop_edition import Sop

CALENDAR = WorkCalendar({day: ((time(8), time(12)), (time(13), time(16, 30))) for day in range(5)})
SOP = Sop()
CYCLE = MeasurementCycle(sop_facts=SOP.facts())
NOW = datetime(2026, 4, 8, 10, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Wednesday


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))


def stay(step: str, arrived: datetime, left: datetime | None = None, round: int = 1) -> Stay:
    return Stay(cycle=CYCLE, step=step, arrived_at=arrived, left_at=left, round=round)


def found(*stays: Stay) -> dict:
    return {pace.step.key: pace for pace in paces(stays, SOP, CALENDAR, NOW)}


def test_every_step_of_the_sop_has_its_pace():
    assert [pace.step.number for pace in paces([], SOP, CALENDAR, NOW)] == list(range(1, 12))


def test_a_step_is_held_against_its_standard_time_in_working_minutes():
    brief = found(stay("brief", at(6, 11, 30), at(6, 13, 15)))["brief"]
    assert (brief.spent, brief.standard, brief.share.value, brief.exceeded) == (45, 60, Decimal(75), False)


def test_a_step_that_took_longer_exceeds_its_standard_time():
    brief = found(stay("brief", at(6, 16), at(7, 9)))["brief"]
    assert (brief.spent, brief.exceeded, brief.visits[0].kept) == (90, True, False)


def test_the_standard_time_counts_once_for_every_stay():
    report = found(stay("report", at(6, 8), at(6, 8, 50)), stay("report", at(7, 8), at(7, 9, 10), round=2))[
        "report"
    ]
    assert (report.spent, report.standard, report.per_day) == (120, 120, 450)
    assert [visit.kept for visit in report.visits] == [True, False]


def test_a_stay_that_lasts_is_judged_only_when_it_is_over_time():
    within, over = stay("prepare_method", at(8, 8)), stay("prepare_method", at(6, 8))
    assert found(within)["prepare_method"].visits[0].kept is None
    assert found(over)["prepare_method"].visits[0].kept is False


def test_the_archive_has_no_standard_time_and_is_never_judged():
    archive = found(stay("archive", at(1, 8), at(8, 9)))["archive"]
    assert (archive.standard, archive.exceeded, archive.visits[0].kept) == (None, False, None)
    assert archive.share.value is None


def test_a_step_still_to_come_has_no_time_spent():
    order = found()["order"]
    assert (order.spent, order.standard, order.share.value) == (None, 5, None)


def test_punctuality_is_the_share_of_judged_stays_that_kept_their_time():
    stays = [
        stay("order", at(6, 8), at(6, 8, 4)),
        stay("brief", at(6, 8, 4), at(6, 10)),
        stay("plan_activities", at(6, 10), at(6, 12)),
        stay("prepare_method", at(8, 8)),
    ]
    result = punctuality(paces(stays, SOP, CALENDAR, NOW))
    assert (result.kept, result.judged) == (2, 3)
    assert round(result.figure.value, 2) == Decimal("66.67")


def test_without_a_judged_stay_there_is_no_punctuality():
    assert punctuality(paces([], SOP, CALENDAR, NOW)).figure.value is None
