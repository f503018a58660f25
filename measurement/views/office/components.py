"""Komponen halaman: every component in its states, with the line that includes it; for developers, so that pages keep one look.

The samples are data. A component without one fails a test.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string

from measurement.figures.sparkline import SparkPoint, sparkline
from measurement.models import Accent
from measurement.rules.sop import RowState

from ..paging import PagedList
from ..visitor import PersonRequest
from .component_samples import (
    CHIPS,
    DRAFT,
    EVIDENCE,
    FAMILIES,
    KEPT_TEXT,
    LINKED,
    MENU,
    NAV,
    REPORT_TASK,
    STATES,
    TASK,
    UNDOS,
)


@dataclass(frozen=True)
class Sample:
    """One component: its file below templates/components/, what stands behind "with" where it is included, and a context per state."""

    name: str
    given: str = ""
    states: dict[str, dict] = field(default_factory=lambda: {"": {}})

    @property
    def line(self) -> str:
        given = f" with {self.given}" if self.given else ""
        return f'{{% include "components/{self.name}.html"{given} %}}'

    def drawn(self, request: PersonRequest) -> list[dict]:
        """Every state with its HTML, rendered by Django as on any page."""
        path = f"components/{self.name}.html"
        return [
            {"label": label, "html": render_to_string(path, context, request)}
            for label, context in self.states.items()
        ]


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama indikator", help_text="Seperti tertulis pada Perjanjian Kinerja.")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "Naik"), ("b", "Turun")], widget=forms.RadioSelect)
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea({"rows": 2}))
    sure = forms.BooleanField(label="Sudah diperiksa", required=False)


def sample_fields(prefix: str, data: dict | None = None) -> dict[str, dict]:
    form = SampleForm(data, auto_id=f"{prefix}-%s")
    return {
        f"{bound.label}{' (salah)' if form.is_bound and bound.errors else ''}": {"field": bound, "form": form}
        for bound in form
    }


def notices() -> list[Message]:
    said = {
        constants.SUCCESS: "Tersimpan. Kirim setelah semua baris lengkap.",
        constants.INFO: "2 baris mempunyai petunjuk.",
        constants.WARNING: "1 baris belum lengkap dan belum dikirim.",
        constants.ERROR: "Baris sudah diubah dari halaman lain.",
    }
    return [Message(level, text) for level, text in said.items()]


def states_of(words: dict[str, str]) -> dict[str, dict]:
    return {label: {"state": {"key": key, "label": label}} for key, label in words.items()}


def samples() -> list[Sample]:
    """Made for each request: forms and messages are used up by drawing them."""
    return [*_states(), *_figures(), *_inputs(), *_ways_on()]


def _states() -> list[Sample]:
    """Where something stands, and what is to be done."""
    return [
        Sample("messages", "", {"": {"messages": notices()}}),
        Sample("state", "state=task.state only", states_of(STATES)),
        Sample(
            "row_state", "state=row.state only", states_of({state.value: state.label for state in RowState})
        ),
        Sample(
            "share",
            "share=line name=line.name key=line.key",
            {
                "": {
                    "share": {"text": "Yth. Pegawai Contoh,", "messenger": "#share"},
                    "name": "Pegawai Contoh",
                    "key": "contoh",
                }
            },
        ),
        Sample(
            "task_card",
            "task=task primary=forloop.first",
            {
                "Utama": {
                    "task": TASK
                    | {"state": {"key": "berjalan", "label": "Berjalan"}, "due": "hari ini 16.00 WIB"},
                    "primary": True,
                },
                "Dikembalikan": {"task": TASK | {"state": {"key": "dikembalikan", "label": "Dikembalikan"}}},
                "Terlambat": {
                    "task": TASK | {"state": {"key": "terlambat", "label": "Terlambat"}, "due": "lewat 2 jam"}
                },
                "Laporan": {"task": REPORT_TASK},
            },
        ),
    ]


def _figures() -> list[Sample]:
    """Numbers and facts."""
    return [
        Sample(
            "figure",
            'label="Capaian" value=capaian remark=remark',
            {"": {"label": "Capaian", "value": "98,25", "remark": "12 dihitung"}},
        ),
        Sample(
            "bar",
            'value=line.bar kind="value" label=line.words',
            {
                "Capaian": {"value": 98, "kind": "value", "label": "Capaian 98,25 persen"},
                "Serapan": {"value": 64, "kind": "serapan", "label": "Serapan 64 persen"},
                "Di atas seratus": {"value": 150, "kind": "value", "label": "Capaian 180 persen"},
            },
        ),
        Sample(
            "working_link",
            "",
            {
                "Dengan cara hitung": {"url": "#working_link", "value": "98,25", "explained": True},
                "Tanpa": {"value": "–"},
            },
        ),
        Sample("figure_terms"),
        *_of_capaian(),
        Sample(
            "differences",
            "",
            {"": {"differences": [{"name": "Laporan", "label": "Realisasi", "before": "8", "after": "10"}]}},
        ),
        Sample(
            "evidence_item",
            "item=file only",
            {"Berkas": {"item": EVIDENCE}, "Tautan": {"item": EVIDENCE | LINKED}},
        ),
        Sample(
            "definition",
            "facts=facts",
            {"": {"facts": [{"label": "Nomor", "value": "1/2026"}, {"label": "Catatan", "value": ""}]}},
        ),
    ]


def _of_capaian() -> list[Sample]:
    """What stands beside a figure that leads."""
    points = [
        SparkPoint("TW I", Decimal(92)),
        SparkPoint("TW II", Decimal(98)),
        SparkPoint("TW III", Decimal(95), True),
    ]
    tints = {"5": "Sangat Tinggi", "4": "Tinggi", "3": "Sedang", "2": "Rendah", "1": "Sangat Rendah"}
    moves = {"Naik": ("↑", "naik 6,00 poin"), "Turun": ("↓", "turun 3,00 poin"), "Tetap": ("→", "tetap")}
    return [
        Sample(
            "predicate",
            "word=line.predicate tint=line.tint only",
            {word: {"word": word, "tint": tint} for tint, word in tints.items()},
        ),
        Sample(
            "change",
            "change=figure.change only",
            {
                name: {"change": {"arrow": arrow, "words": f"{words} dari TW I"}}
                for name, (arrow, words) in moves.items()
            },
        ),
        Sample("sparkline", "spark=figure.spark only", {"": {"spark": sparkline("Capaian", points)}}),
    ]


def _inputs() -> list[Sample]:
    """What is missing, and what is typed."""
    wrong = {"name": "", "kind": "c"}
    return [
        Sample(
            "missing",
            "missing=missing",
            {"": {"missing": ["Isi tempat rapat.", "Catat peserta rapat."], "id": "contoh-kurang"}},
        ),
        Sample(
            "empty",
            'title="…" text="…"',
            {
                "": {
                    "title": "Belum ada siklus",
                    "text": "Pimpinan membukanya.",
                    "url": "#empty",
                    "label": "Lihat SOP",
                }
            },
        ),
        Sample("kept_text", "", {"": {"kept_text": KEPT_TEXT}}),
        Sample("drafts", "", {"": {"drafts": [DRAFT]}}),
        Sample("errors", "", {"": {"form": SampleForm(wrong, auto_id="salah-%s")}}),
        Sample("field", "field=form.name", sample_fields("biasa") | sample_fields("salah", wrong)),
        Sample(
            "segment",
            "name=row.verdict_name legend=row.legend options=row.options chosen=row.verdict none=none only",
            _segments(),
        ),
        Sample("field_help", "field=form.name", {"": {"field": SampleForm(auto_id="bantuan-%s")["name"]}}),
    ]


def _segments() -> dict[str, dict]:
    options = [
        {"value": "accept", "label": "Terima", "icon": "check", "look": "good"},
        {"value": "return", "label": "Kembalikan", "icon": "return-arrow", "look": "warn"},
    ]
    chosen = {"Belum dipilih": "", "Diterima": "accept", "Dikembalikan": "return"}
    return {
        label: {"name": f"contoh-{number}", "legend": "Penilaian", "options": options, "chosen": value, "none": "Batal memilih"}
        for number, (label, value) in enumerate(chosen.items())
    }  # fmt: skip


def _ways_on() -> list[Sample]:
    """Where one may go from here."""
    return [
        Sample("chips", 'chips=filters name="Saringan"', {"": {"chips": CHIPS, "name": "Contoh saringan"}}),
        Sample("pagination", "paged=paged", {"": {"paged": PagedList(Paginator(range(300), 10).page(2))}}),
        Sample("nav", "", {"": {"nav": NAV, "nav_label": "Contoh navigasi"}}),
        Sample("user_menu", "", {"": {"user_menu": MENU}}),
        Sample("undo", "", {"": {"undos": UNDOS}, "Beberapa": {"undos": UNDOS * 2}}),
    ]


def components(request: PersonRequest):
    """Where the code is written, for those who keep the installation; offices don't have this page."""
    if not settings.SHOW_COMPONENTS:
        raise Http404
    if not (request.user.is_staff or request.user.is_superuser):
        raise PermissionDenied
    drawn = [
        {"name": sample.name, "line": sample.line, "states": sample.drawn(request)} for sample in samples()
    ]
    accents = [{"key": accent.value, "label": accent.label} for accent in Accent]
    return render(
        request, "office/components.html", {"samples": drawn, "families": FAMILIES, "accents": accents}
    )
