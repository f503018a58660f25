"""An indicator's definition and its target of one year."""

from collections.abc import Iterator
from copy import copy
from decimal import Decimal

from django import forms

from measurement.forms.fields import field_of
from measurement.forms.plan.following import FollowedField, following_gap
from measurement.forms.plan.number_fields import NumberField, TargetField
from measurement.forms.plan.schedule_field import ScheduleField
from measurement.models import (
    Indicator,
    IndicatorDefinition,
    Person,
    Target,
    period_fields,
    target_label,
)
from measurement.plan.period_targets import has_hole, period_targets, put_spans
from measurement.plan.revising import Revised, changed_meaning
from measurement.record.closed_targets import ClosedTargets
from measurement.rules.accumulations import Accumulation
from measurement.rules.methods import METHODS, Method, Need
from measurement.rules.numbers import NumberError, keepable, parse_scores, round_half_up, storable
from measurement.rules.plan_years import PLACES
from measurement.rules.schedules import is_due, schedule_words
from measurement.rules.score_words import YES_NO
from measurement.rules.spans import Aim, Spans, number_in, number_of, span_of

HALF_FILLED = "Isi target setiap periode yang dijadwalkan sejak periode pertamanya, atau kosongkan semuanya supaya diturunkan dari target setahun."
ANSWERS = [("", "Belum dinilai"), ("true", "Ya"), ("false", "Tidak")]


BOUNDS = "Hanya untuk arah rentang. Bila berbeda tiap tahun atau tiap periode, tulis rentangnya pada target, misalnya 80–90."
CLOSED = "Sudah ditetapkan pada kertas kerja; tidak berubah lagi."


class IndicatorForm(forms.ModelForm):
    """Definition, owner, SMART check, and the year's targets; blank periods are derived from the annual target."""

    low = NumberField(label="Batas bawah rentang", required=False)
    high = NumberField(label="Batas atas rentang", required=False, help_text=BOUNDS)
    annual = TargetField(label="Target setahun", required=True)

    class Meta:
        model = Indicator
        fields = ["name", "measure", "method", "accumulation", "schedule", "low", "high", "score_scale", "formula", "source", "evidence_wanted", "owner",
                  "follow_rule", *IndicatorDefinition.SMART, "smart_reason"]  # fmt: skip
        widgets = {
            "name": forms.Textarea({"rows": 2}),
            "formula": forms.Textarea({"rows": 3}),
            "smart_reason": forms.Textarea({"rows": 2}),
            **{name: forms.Select(choices=ANSWERS) for name in IndicatorDefinition.SMART},
        }

    def __init__(self, *args, year: int, has_opening: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.year, plan = year, self.instance.node.plan
        self.frequency = plan.frequency_in(year)
        # a year that is measured once has no targets beside that of the year
        self.period_names = period_fields(self.frequency) if self.frequency.size > 1 else ()
        self.target_names = ("annual", *self.period_names)
        unit = plan.unit_id
        field_of(self, "owner", forms.ModelChoiceField).queryset = Person.objects.filter(
            is_active=True, appointments__unit=unit
        ).distinct()
        self.fields["follows"] = FollowedField(self.instance)
        # whoever follows nothing need not be asked what
        self.initial["follows"] = list(self.instance.follows.all()) if self.instance.follow_rule else []
        self.fields["schedule"] = ScheduleField(
            self.frequency, self.instance.schedule, plan.frequencies.values()
        )
        for name in IndicatorDefinition.SMART:
            self.fields[name] = forms.TypedChoiceField(
                label=IndicatorDefinition.SMART[name],
                choices=ANSWERS,
                required=False,
                coerce=lambda text: text == "true",
                empty_value=None,
            )
            answer = getattr(self.instance, name)
            self.initial[name] = "" if answer is None else str(answer).lower()
        for name in self.period_names:
            label = target_label(name, self.frequency)
            self.fields[name] = TargetField(label=f"T{label[1:]}", required=False)
        targets = {target.year: target for target in self.instance.targets.all()}
        self._was, self._years = copy(self.instance), set(targets)
        self.target = targets.get(year) or Target(indicator=self.instance, year=year)
        self._targets_were = {name: getattr(self.target, name) for name in self.target_names}
        self._aims_were = {name: self.target.aim(name) for name in self.target_names}
        self.closed = ClosedTargets.of_year(plan, year, has_opening).of(self.instance.pk, self.target)
        for name in self.target_names:
            self.initial[name] = self._aim_shown(name)
            shown = self.instance.shown(self.initial[name])
            if self.instance.scores:
                self.fields[name].help_text = f"Boleh ditulis dengan kata pada skala skor; sekarang {shown}."
        self._close_fields()
        order = [name for name in self.fields if name != "follows"]
        order.insert(order.index("follow_rule") + 1, "follows")
        self.order_fields(order)

    def _aim_shown(self, name: str) -> Aim | None:
        """A period of a range that has no span of its own shows that of its year."""
        aim = self._aims_were[name]
        same = self.target.span and aim is not None and aim == self.target.annual
        return self.target.span if same else aim

    def save(self, commit=True):
        found = super().save(commit)
        found.follows.set(self.cleaned_data["follows"])
        return found

    def _close_fields(self) -> None:
        """Closed periods show what they had, and take nothing else."""
        for name, number in zip(self.period_names, self.frequency.numbers, strict=False):
            if number not in self.closed:
                continue
            if number_of(self.initial[name]) != self.closed[number]:
                self.initial[name] = self.closed[number]
            self.fields[name].disabled, self.fields[name].help_text = True, CLOSED

    def clean_measure(self):
        """ "100%" and "12 Laporan" may be typed as soon as the unit is known; what is kept already is not asked again."""
        measure = self.cleaned_data["measure"]
        for name in self.target_names:
            field = field_of(self, name, TargetField)
            kept = self.data.get(name, "") == field.prepare_value(self.initial[name])
            field.measure = None if kept else measure
        return measure

    def clean_method(self):
        """Spans may stand for targets as soon as the direction is known to be a range, and "ya" for 1 as soon as it is ya/tidak."""
        method = self.cleaned_data["method"]
        for name in self.target_names:
            field = field_of(self, name, TargetField)
            field.takes_span = METHODS[method].needs == Need.BOUNDS
            field.words = YES_NO if method == Method.YES_NO else {}
        return method

    def clean_score_scale(self):
        """Words may stand for targets as soon as the scale is known."""
        text, method = self.cleaned_data["score_scale"], self.cleaned_data.get("method")
        try:
            scores = {word: keepable(score) for word, score in parse_scores(text).items()}
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None
        if method and METHODS[method].needs == Need.SCORES:
            if not scores:
                raise forms.ValidationError(
                    "Arah predikat memerlukan skala skor, misalnya WTP=4, WDP=3, TW=2, TMP=1."
                )
            for name in self.target_names:
                field = field_of(self, name, TargetField)
                field.words, field.takes_words_only = scores, name == "annual"
        return text

    def clean(self):
        super().clean()
        data = self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if low is None and high is None and (span := span_of(data.get("annual"))):
            data["low"], data["high"] = storable(span.low), storable(span.high)
        if low is not None and high is not None and low > high:
            self.add_error("high", "Batas atas harus lebih besar daripada batas bawah.")
        if gap := following_gap(self.instance, data.get("follow_rule", ""), list(data.get("follows") or ())):
            self.add_error("follows", gap)
        for name, sentence in self._wrong_periods(data.get("schedule", "")):
            self.add_error(name, sentence)
        return data

    def _are_derived(self) -> bool:
        """Whether the periods follow from the annual target: none was typed, or they are those of another schedule."""
        given = self._given()
        rescheduled = self.cleaned_data.get("schedule") != self._was.schedule
        untouched = given == self._shown()
        return given == [None] * len(given) or (rescheduled and untouched)

    def _given(self) -> list[Decimal | None]:
        """The targets that were typed, by period; none in a year that is measured once."""
        return [number_of(self.cleaned_data.get(name)) for name in period_fields(self.frequency)]

    def _shown(self) -> list[Decimal | None]:
        """The targets that the page showed, by period."""
        return [number_of(self.initial.get(name)) for name in period_fields(self.frequency)]

    def _given_spans(self) -> Spans:
        """The spans that were typed, by period; that of the year, shown where a period has none, is none of its own."""
        return [
            None
            if self.cleaned_data.get(name) == self.initial.get(name) and self._aims_were.get(name) == number
            else span_of(self.cleaned_data.get(name))
            for name, number in zip(period_fields(self.frequency), self._shown(), strict=True)
        ]

    def _wrong_periods(self, schedule: str) -> Iterator[tuple[str, str]]:
        """A blank where the indicator is due, or a target where it is not; closed periods are as they were."""
        if self._are_derived():
            return
        given = self._given()
        hole = has_hole(given, self.closed, schedule)
        for period, name, value in zip(self.frequency.periods, self.period_names, given, strict=True):
            due = is_due(schedule, period.months)
            if period.number in self.closed:
                continue
            if hole and due and value is None and name not in self.errors:
                yield name, HALF_FILLED
                return
            if value and not due:
                yield (
                    name,
                    f"Menurut jadwalnya ({schedule_words(schedule, self.frequency)}) tidak diukur; kosongkan.",
                )

    def is_fixed_by(self, approved: set[int]) -> bool:
        """Whether a change on this page may be a revision: of this year's target, or of what those of other years mean."""
        return not approved.isdisjoint(self._years | {self.year})

    def set_target(self) -> None:
        """Put what was typed on the target, not yet saved; blank periods are derived, and those that were and still are."""
        data = self.cleaned_data
        accumulation, annual = Accumulation(data["accumulation"]), number_in(data["annual"])
        given = self._given()
        if self._are_derived() or self._still_derived(accumulation, annual, given):
            given = [None] * len(given)
        found = period_targets(accumulation, annual, given, self.closed, data["schedule"])
        self.target.annual = round_half_up(annual, PLACES)
        self.target.put_periods(self.frequency, found)
        put_spans(
            self.target,
            self.instance,
            self.frequency,
            span_of(data["annual"]),
            self._given_spans(),
            self.closed,
        )

    def _still_derived(
        self, accumulation: Accumulation, annual: Decimal, given: list[Decimal | None]
    ) -> bool:
        """Whether the periods still show how the former annual target was shared out, and only that was changed."""
        before, *were = (self._targets_were[name] for name in self.target_names)
        if before is None or annual == before or given != self._shown():
            return False
        blank = [None] * len(given)
        return were in (
            period_targets(accumulation, before, blank, closed, self._was.schedule)
            for closed in (self.closed, {})
        )

    def hand_over_branch(self) -> None:
        """Money is entered by the owner of its sub kegiatan: it goes along with the indicator, as long as both had the same owner or none."""
        node, owner = self.instance.node, self.instance.owner_id
        if owner and node.owner_id in (None, self._was.owner_id) and node.owner_id != owner:
            node.owner_id = owner
            node.save(update_fields=["owner"])

    def revised(self) -> list[Revised]:
        """What changes among the things that an approval fixes: the year's targets, and what the targets of every year mean."""
        was, now = self._was, self.instance
        found = changed_meaning(now.node, was, now, self._years)
        for name in self.target_names:
            old, new = self._aims_were[name], self.target.aim(name)
            if old != new:
                label = target_label(name, self.frequency)
                found.append(Revised(now.node, now, self.year, label, was.shown(old), now.shown(new)))
        return found
