"""Numbers in the forms of the plan: strict, with the unit behind them where it is known; targets also as words and spans."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms

from measurement.rules.corrections import confirmed, number_corrections
from measurement.rules.numbers import AmbiguousNumber, NumberError, parse_number, score_of, show_plain
from measurement.rules.spans import Span, parse_span

READING = "reading"  # the button of a reading posts "annual=1157"


class NumberInput(forms.TextInput):
    """What was typed; a reading that was chosen with a button stands for it."""

    def value_from_datadict(self, data, files, name):
        chosen, sign, text = data.get(READING, "").partition("=")
        return text if sign and chosen == name else super().value_from_datadict(data, files, name)


class NumberField(forms.CharField):
    """The strict number of `numbers.parse_number` as a form field; its unit may stand behind it where `measure` is known. What must be confirmed
    is asked, with a button for each of its `readings`: text → words."""

    measure: str | None = None

    def __init__(self, **options):
        super().__init__(widget=NumberInput({"inputmode": "decimal", "autocomplete": "off"}), **options)
        self.readings: dict[str, str] = {}

    def prepare_value(self, value):
        return value if isinstance(value, str) else show_plain(value)

    def clean(self, value):
        text = super().clean(value)
        try:
            return self.parse(text)
        except AmbiguousNumber as asked:
            self.readings = confirmed(asked)
            raise forms.ValidationError(asked.in_file) from None
        except NumberError as error:
            self.readings = number_corrections(text, self.parse)
            raise forms.ValidationError(str(error)) from None

    def parse(self, text: str) -> Decimal | None:
        return parse_number(text, self.measure)


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
