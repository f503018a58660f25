"""The working hours of an office are written here: its first ones as long as no step was judged by them, later ones with the day they begin."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from measurement.models import Person, SettingChange, Stay, Unit, WorkPattern, WorkSpan
from measurement.record.setting_changes import record_setting
from measurement.rules.dates import DAYS, long_date
from measurement.rules.refusals import Incomplete
from measurement.rules.working_hours import Week, day_words, week_gaps

JUDGED = (
    "Jam kerja baru paling awal berlaku mulai {first}: sampai {last} sudah ada langkah yang selesai dan dinilai menurut jam kerja sebelumnya. "
    "Isi tanggal mulainya."
)
CROSSES = "Pada tanggal itu sudah ada {name}; dua jam kerja sementara tidak boleh bertumpuk."
BEGUN = "Jam kerja ini sudah berlaku, jadi tidak diubah lagi. Tambahkan yang baru dengan tanggal mulainya."


@dataclass(frozen=True)
class NewHours:
    """What is to hold; `first` None: the hours with which the office begins."""

    week: Week
    minutes_per_day: int
    name: str = ""
    first: date | None = None
    last: date | None = None

    def words(self) -> dict[str, str]:
        """Label → what the history says."""
        days = {day: day_words(self.week.get(number, ())) for number, day in enumerate(DAYS)}
        return days | {"Menit kerja per hari": str(self.minutes_per_day)}


def last_judged(unit: Unit) -> date | None:
    """The last day on which a step of the unit ended."""
    judged = Stay.objects.filter(cycle__in=unit.cycles.standing())
    last = judged.aggregate(last=Max("left_at"))["last"]
    return timezone.localtime(last).date() if last else None


def first_spans(unit: Unit) -> list[WorkSpan]:
    """The hours with which the office began."""
    return list(unit.work_spans.filter(pattern=None))


def may_set_first(first: list[WorkSpan], judged: date | None) -> bool:
    """Whether the office's first hours are still open: nothing was judged, or there were no hours to judge by."""
    return judged is None or not first


def is_open(pattern: WorkPattern, judged: date | None) -> bool:
    """Whether nothing was judged by these hours yet."""
    return judged is None or pattern.valid_from > judged


@transaction.atomic
def set_hours(unit: Unit, actor: Person, new: NewHours, pattern: WorkPattern | None = None) -> None:
    """Write them, instead of a pattern that has not begun or as new ones. Incomplete says what is in the way."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if gaps := week_gaps(new.week):
        raise Incomplete(*gaps)
    judged = last_judged(unit)
    if new.first is None:
        _set_first(unit, actor, new, judged)
        return
    if judged and new.first <= judged:
        raise Incomplete(JUDGED.format(first=long_date(judged + timedelta(days=1)), last=long_date(judged)))
    if pattern and not is_open(pattern, judged):
        raise Incomplete(BEGUN)
    _set_later(unit, actor, new, pattern)


def _set_first(unit: Unit, actor: Person, new: NewHours, judged: date | None) -> None:
    spans = first_spans(unit)
    if judged and not may_set_first(spans, judged):
        raise Incomplete(JUDGED.format(first=long_date(judged + timedelta(days=1)), last=long_date(judged)))
    before = NewHours(week_of(spans), unit.minutes_per_day).words() if spans else {}
    unit.work_spans.filter(pattern=None).delete()
    unit.minutes_per_day = new.minutes_per_day
    unit.save(update_fields=["minutes_per_day"])
    _write_spans(unit, None, new.week)
    record_setting(unit, actor, SettingChange.Part.HOURS, before, new.words())


def _set_later(unit: Unit, actor: Person, new: NewHours, pattern: WorkPattern | None) -> None:
    before: dict[str, str] = {}
    if pattern is None:
        pattern = WorkPattern(unit=unit)
    else:
        before = {"Berlaku": str(pattern)} | NewHours(
            week_of(list(pattern.spans.all())), pattern.minutes_per_day
        ).words()
        pattern.spans.all().delete()
    pattern.name, pattern.minutes_per_day = new.name, new.minutes_per_day
    pattern.valid_from, pattern.valid_until = new.first or pattern.valid_from, new.last
    _check_pattern(unit, pattern)
    pattern.save()
    _write_spans(unit, pattern, new.week)
    record_setting(unit, actor, SettingChange.Part.HOURS, before, {"Berlaku": str(pattern)} | new.words())


def _check_pattern(unit: Unit, pattern: WorkPattern) -> None:
    try:
        pattern.full_clean()
    except ValidationError as error:
        raise Incomplete(*error.messages) from None
    if pattern.valid_until is None:
        return
    crossing = unit.work_patterns.exclude(pk=pattern.pk).filter(
        Q(valid_until__gte=pattern.valid_from), valid_from__lte=pattern.valid_until
    )
    if found := crossing.first():
        raise Incomplete(CROSSES.format(name=found))


def _write_spans(unit: Unit, pattern: WorkPattern | None, week: Week) -> None:
    WorkSpan.objects.bulk_create(
        WorkSpan(unit=unit, pattern=pattern, weekday=day, begins=begins, ends=ends)
        for day, spans in week.items()
        for begins, ends in sorted(spans)
    )


def week_of(spans: list[WorkSpan]) -> dict[int, list]:
    """The spans by weekday, in order."""
    week: dict[int, list] = {}
    for span in sorted(spans, key=lambda span: (span.weekday, span.begins)):
        week.setdefault(span.weekday, []).append((span.begins, span.ends))
    return week


def may_end(pattern: WorkPattern, today: date) -> bool:
    """Whether hours for some days hold now and may end earlier than planned."""
    last = pattern.valid_until
    return last is not None and pattern.valid_from <= today < last


@transaction.atomic
def end_hours(unit: Unit, actor: Person, pattern: WorkPattern) -> None:
    """Today is their last day. What was judged so far lies before its end."""
    unit, before = Unit.objects.select_for_update().get(pk=unit.pk), str(pattern)
    if not may_end(pattern, timezone.localdate()):
        raise Incomplete("Jam kerja sementara ini tidak sedang berlaku.")
    pattern.valid_until = timezone.localdate()
    pattern.save(update_fields=["valid_until"])
    record_setting(unit, actor, SettingChange.Part.HOURS, {"Berlaku": before}, {"Berlaku": str(pattern)})


@transaction.atomic
def take_back_hours(unit: Unit, actor: Person, pattern: WorkPattern) -> None:
    """Hours that have judged nothing yet are taken back. Incomplete for those that have."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if not is_open(pattern, last_judged(unit)):
        raise Incomplete(BEGUN)
    before = {"Berlaku": str(pattern)}
    pattern.delete()
    record_setting(unit, actor, SettingChange.Part.HOURS, before, {"Berlaku": "dibatalkan"})
