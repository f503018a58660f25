"""The file of people that is imported, and which people of the list get a first password."""

from django import forms
from django.http import QueryDict

from measurement.rules.numbers import parse_key

ANSWER = "orang-"  # name of an input, before the row of the file


class PeopleFileForm(forms.Form):
    file = forms.FileField(
        label="Berkas pegawai (XLSX atau CSV)",
        error_messages={"required": "Pilih berkas yang akan diimpor."},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )


def answers_in(posted: QueryDict) -> dict[str, str]:
    """Row of the file → the person that it was said to be."""
    given = {name.removeprefix(ANSWER): str(posted[name]) for name in posted if name.startswith(ANSWER)}
    return {row: answer for row, answer in given.items() if row.isdecimal() and answer}


def ticked_people(posted: QueryDict) -> set[int]:
    return {parse_key(key) for key in posted.getlist("pegawai")}
