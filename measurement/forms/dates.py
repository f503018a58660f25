"""Days and moments as people write them here: 30/11/2026, 30 November 2026, 30/11/2026 09.00. A browser's own field would show them in the browser's
language, the month first on many an office PC; so they are text, day first, with a calendar beside them where the browser has one (static/js/calendar.js)."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone, to_current_timezone
from django.utils import timezone

from measurement.rules.written_dates import read_date, read_moment

DAY_FORMAT, MOMENT_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H.%M"


class DayInput(forms.DateInput):
    """`data-calendar` names the browser's own field that its calendar belongs to."""

    def __init__(self, attrs=None):
        super().__init__(
            {"data-calendar": "date", "placeholder": "hh/bb/tttt", **(attrs or {})},
            DAY_FORMAT,
        )


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": "Tulis tanggal seperti 30/11/2026 atau 30 November 2026."}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        day = value if isinstance(value, date) else read_date(str(value))
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MomentInput(forms.DateTimeInput):
    def __init__(self, attrs=None):
        super().__init__(
            {
                "data-calendar": "datetime-local",
                "placeholder": "hh/bb/tttt jj.mm",
                **(attrs or {}),
            },
            MOMENT_FORMAT,
        )


class MomentField(forms.DateTimeField):
    """In the office's own time zone."""

    widget = MomentInput
    default_error_messages = {"invalid": "Tulis tanggal dan jam seperti 30/11/2026 09.00."}

    def prepare_value(self, value: Any) -> Any:
        return to_current_timezone(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return from_current_timezone(value)
        moment = read_moment(str(value), timezone.localtime().tzname() or "")
        if moment is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return from_current_timezone(moment)
