"""Numbers in the forms of the plan: strict, with the unit behind them where it is known; targets also as words and spans."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms

from measurement.rules.numbers import AmbiguousNumber, NumberError, parse_number, score_of, show_plain
from measurement.rules.spans import Span, parse_span


class NumberField(forms.CharField):
    """The strict number of `numbers.parse_number` as a form field; its unit may stand behind it where `measure` is known."""

    measure: str | None = None

    def __init__(self, **options):
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options)

    def prepare_value(self, value):
        return value if isinstance(value, str) else show_plain(value)

    def clean(self, value):
        try:
            return parse_number(super().clean(value), self.measure)
        except AmbiguousNumber as asked:
            raise forms.ValidationError(asked.in_file) from None
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None


class TargetField(NumberField):
    """A number, a word of the indicator's score scale or of a ya/tidak, or for a range a span like 80–90."""

    words: Mapping[str, Decimal] = {}
    takes_words_only = False
    takes_span = False

    def prepare_value(self, value):
        return value.plain if isinstance(value, Span) else super().prepare_value(value)

    def clean(self, value):
        if self.disabled:
            return value
        try:
            if self.takes_span and (span := parse_span(value or "", self.measure)):
                return span
        except AmbiguousNumber as asked:
            raise forms.ValidationError(asked.in_file) from None
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None
        score = score_of(value or "", self.words)
        number = super().clean(value) if score is None else score
        if self.takes_words_only and number and number not in self.words.values():
            raise forms.ValidationError(f"Pilih salah satu predikat: {', '.join(self.words)}.")
        return number
