"""One form per step that writes something down. All fields may stay empty while drafting: `requirements` says what is missing."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import prefetch_related_objects
from django.utils import timezone

from measurement.models import MeasurementCycle, Meeting, OrderSchedule, Person, ScheduledStep
from measurement.rules.deadlines import NO_HOURS, due
from measurement.rules.order_questions import order_questions
from measurement.rules.periods import Frequency, Period, last_finished, period_of_key
from measurement.rules.sop import (
    APPROVE,
    ARCHIVE,
    BRIEF,
    EVALUATE,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    SCHEDULED_STEPS,
    Role,
)

from ..dates import DayField, MomentField, MomentInput
from ..fields import field_of
from ..texts import LONGEST, words_field


class CappedTexts(forms.BaseForm):
    """Long texts end somewhere: a paper has to be made of them. A step's form is a draft: `requirements` says what may stay empty."""

    is_draft = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(2 * LONGEST))


class StepForm(CappedTexts, forms.ModelForm):
    """Fields of the cycle that belong to one step."""

    always_writes = False

    class Meta:
        model = MeasurementCycle
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._stored = {name: getattr(self.instance, name) for name in self._meta.fields or ()}

    def needs_writing(self) -> bool:
        """Whether a text differs from the stored one; a proposal that was left as it is does."""
        return self.always_writes or any(
            self.cleaned_data[name] != text for name, text in self._stored.items()
        )

    def write(self, cycle: MeasurementCycle) -> None:
        """Set what was typed on the locked cycle; the door saves it."""
        for field in self._meta.fields or ():
            setattr(cycle, field, self.cleaned_data[field])


def text_form(*names: str, rows: int = 6, always: bool = False, **proposals: str) -> type[StepForm]:
    """A step form of some texts of the cycle, with proposals for those still empty. `always` where the page keeps more than the texts."""
    areas = {name: forms.Textarea({"rows": rows}) for name in names if name != "storage_location"}

    class TextForm(StepForm):
        always_writes = always

        class Meta(StepForm.Meta):
            fields = list(names)
            widgets = areas

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for name, proposal in proposals.items():
                if not getattr(self.instance, name):
                    unit = self.instance.unit
                    self.initial[name] = proposal.format(
                        period=self.instance.period, keeper=unit.division or unit.name
                    )

    return TextForm


class OpeningForm(forms.Form):
    """Step 1: which period, and the order. `frequencies` says how often each year is measured, `archived` which periods a new cycle corrects.

    A period that is rarely meant is asked about, and the box to be ticked names it: after another choice it is asked anew.
    """

    year = forms.TypedChoiceField(label="Tahun", coerce=int)
    period = forms.TypedChoiceField(label="Periode", coerce=period_of_key, empty_value=None)
    instruction = forms.CharField(
        label="Isi perintah",
        max_length=2 * LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Tuliskan isi perintah."},
    )

    correction_reason = words_field(
        "Alasan koreksi",
        "Wajib bila periode yang dipilih sudah diarsipkan: siklus baru menjadi koreksinya. Selain itu kosongkan.",
        rows=2,
        required=False,
    )

    NOTHING_TO_CORRECT = (
        "{} belum diarsipkan, sehingga tidak ada yang dikoreksi. Kosongkan, atau pilih periode lain."
    )
    is_asking = False  # nothing is wrong but what the period's question leaves open
    PROPOSAL = (
        "Dalam rangka pelaksanaan Sistem Akuntabilitas Kinerja Instansi Pemerintah, Saudara diperintahkan untuk melaksanakan pengukuran data "
        "kinerja untuk periode tersebut di atas bersama Tim SAKIP dan seluruh ASN, sesuai SOP Pengukuran Data Kinerja, serta melaporkan hasilnya."
    )

    def __init__(
        self,
        data=None,
        *,
        frequencies: dict[int, Frequency],
        today: date,
        archived: Collection[tuple[int, int]] = (),
        prepared: OrderSchedule | None = None,
    ):
        self.frequencies, self.today, self.archived = frequencies, today, archived
        year, period = (prepared.year, prepared.period_of_year) if prepared else self._proposed()
        words = prepared.instruction if prepared else self.PROPOSAL
        initial = {"year": year, "period": period.key, "instruction": words}
        super().__init__(data, initial=initial)
        field_of(self, "year", forms.TypedChoiceField).choices = [
            (value, str(value)) for value in frequencies
        ]
        kinds = dict.fromkeys(frequencies.values())
        field_of(self, "period", forms.TypedChoiceField).choices = [
            (period.key, period.name) for kind in kinds for period in kind.periods
        ]

    def _proposed(self) -> tuple[int, Period]:
        """The last period that is over; where that is archived already, the one after it, and no correction."""
        year, period = last_finished(self.frequencies.get(self.today.year, Frequency.QUARTERLY), self.today)
        if year in self.frequencies and self.frequencies[year] != period.frequency:
            period = self.frequencies[year].periods[-1]
        if (year, period.number) not in self.archived:
            return year, period
        if not period.is_last:
            return year, period.at(period.number + 1)
        following = self.frequencies.get(year + 1)
        return (year + 1, following.periods[0]) if following else (year, period)

    def clean(self):
        super().clean()
        year, period = self.cleaned_data.get("year"), self.cleaned_data.get("period")
        if year and period and self.frequencies[year] != period.frequency:
            frequency = self.frequencies[year]
            names = ", ".join(each.name for each in frequency.periods)
            self.add_error(
                "period", f"Tahun {year} diukur tiap {frequency.noun}. Pilih salah satu dari {names}."
            )
        elif year and period:
            if (year, period.number) not in self.archived and self.cleaned_data.get("correction_reason"):
                self.add_error("correction_reason", self.NOTHING_TO_CORRECT.format(f"{period.name} {year}"))
            self._ask_about(year, period)
        return self.cleaned_data

    def _ask_about(self, year: int, period: Period) -> None:
        questions = order_questions(year, period, self.today, self.archived)
        if not questions:
            return
        key, words = f"{year}-{period.key}", f"Ya, perintahkan pengukuran {period.name} {year}"
        box = forms.MultipleChoiceField(
            label="Periodenya sudah benar?", choices=[(key, words)], widget=forms.CheckboxSelectMultiple
        )
        self.fields = {"confirmed": box, **self.fields}
        if key not in box.widget.value_from_datadict(self.data, self.files, "confirmed"):
            self.is_asking = not self.errors
            asked = "Bila memang dimaksud, centang pernyataan ini lalu perintahkan lagi."
            self.add_error("confirmed", " ".join([*questions, asked]))


class MeetingForm(CappedTexts, forms.ModelForm):
    """Fields of the meeting that belong to one step."""

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance.meeting, **kwargs)

    def needs_writing(self) -> bool:
        return True


class BriefForm(MeetingForm):
    """Step 2: the meeting and its arahan."""

    class Meta:
        model = Meeting
        fields = ["starts_at", "place", "agenda", "briefing"]
        field_classes = {"starts_at": MomentField}
        widgets = {
            "starts_at": MomentInput,
            "briefing": forms.Textarea({"rows": 6}),
        }

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        if not instance.meeting.agenda:
            self.initial["agenda"] = f"Arahan pelaksanaan pengukuran data kinerja {instance.period}"
        if not instance.meeting.place:
            self.initial["place"] = f"Ruang rapat {instance.unit.name}"

    def write(self, cycle: MeasurementCycle) -> None:
        Meeting.objects.filter(cycle=cycle).update(**self.cleaned_data)


class PlanForm(MeetingForm):
    """Step 3: the minutes, who was there, and the dated plan of the steps still to come."""

    class Meta:
        model = Meeting
        fields = ["discussion", "decisions", "attendees"]
        labels = {"discussion": "Pembahasan", "decisions": "Keputusan rapat", "attendees": "Peserta rapat"}
        widgets = {
            "discussion": forms.Textarea({"rows": 6}),
            "decisions": forms.Textarea({"rows": 4}),
            "attendees": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        members = Person.objects.filter(is_active=True, appointments__unit=instance.unit_id).distinct()
        field_of(self, "attendees", forms.ModelMultipleChoiceField).queryset = members
        if not self.initial["attendees"]:
            self.initial["attendees"] = members.filter(appointments__role__in=(Role.SEKCAM, Role.TIM_SAKIP))
        # the page's list of what is missing looks at it, too
        prefetch_related_objects([instance], "schedule")
        known = {item.step: item.date for item in instance.schedule.all()}
        proposed = proposed_schedule(instance)
        remark = "" if proposed else f"Tanggal tidak diusulkan: {NO_HOURS}."
        for step in instance.sop.scheduled_steps:
            self.fields[f"date_{step.key}"] = DayField(
                label=f"{step.number}. {step.activity}",
                initial=known.get(step.key, proposed.get(step.key)),
                required=False,
                help_text=remark,
            )

    @property
    def schedule_fields(self):
        return [self[name] for name in self.fields if name.startswith("date_")]

    def write(self, cycle: MeasurementCycle) -> None:
        texts = {name: self.cleaned_data[name] for name in ("discussion", "decisions")}
        Meeting.objects.filter(cycle=cycle).update(**texts)
        cycle.meeting.attendees.set(self.cleaned_data["attendees"])
        cycle.schedule.all().delete()
        ScheduledStep.objects.bulk_create(
            ScheduledStep(cycle=cycle, step=step.key, date=self.cleaned_data[f"date_{step.key}"])
            for step in SCHEDULED_STEPS
            if self.cleaned_data[f"date_{step.key}"]
        )


def proposed_schedule(cycle: MeasurementCycle) -> dict[str, date]:
    """Dates by the standard times, one step after the other from now; a step without a standard time gets a day. None without working hours."""
    dates: dict[str, date] = {}
    calendar, when = cycle.unit.calendar, timezone.localtime()
    if not calendar.has_hours:
        return dates
    for step in cycle.sop.scheduled_steps:
        per_day = calendar.minutes_on(when.date())
        minutes = step.standard_minutes(per_day) or per_day
        when = due(when, minutes, calendar)
        dates[step.key] = when.date()
    return dates


STEP_FORMS: dict[str, type[StepForm] | type[MeetingForm]] = {
    BRIEF.key: BriefForm,
    PLAN_ACTIVITIES.key: PlanForm,
    PREPARE_METHOD.key: text_form("method_note", rows=3, always=True),
    EVALUATE.key: text_form("evaluation_note", rows=3),
    RECAPITULATE.key: text_form("recap_note"),
    REPORT.key: text_form(
        "cover_note",
        cover_note="Bersama ini disampaikan rekapitulasi hasil pengukuran data kinerja {period} untuk dianalisis dan mendapat keputusan Saudara.",
    ),
    APPROVE.key: text_form("decision_note", rows=3),
    REPORT_TO_CAMAT.key: text_form("conclusion", "suggestions"),
    ARCHIVE.key: text_form("storage_location", storage_location="Lemari arsip {keeper}"),
}
