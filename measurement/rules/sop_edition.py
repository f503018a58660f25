"""The SOP as one office has it: its number and dates, its legal basis and standard times, and the words for those who lead the office.

The eleven rows of `sop` are the same everywhere. An edition is dated data of the unit; a cycle keeps that with which it began.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Self

from .sop import (
    BESIDE_STEPS,
    PAST_BESIDE_STEPS,
    ROLE_NAMES,
    SCHEDULED_STEPS,
    SOP_NAME,
    STEPS,
    Role,
    State,
    Step,
)


@dataclass(frozen=True)
class RoleWord:
    """What somebody is called in the SOP's own table and on pages ("Sekcam"), and on formal papers ("Sekretaris Kecamatan")."""

    short: str
    formal: str


@dataclass(frozen=True)
class OfficeKind:
    """A kind of office, and how those who lead it are usually called."""

    key: str
    label: str
    head: RoleWord
    secretary: RoleWord


OFFICE_KINDS = (
    OfficeKind("kecamatan", "Kecamatan", RoleWord("Camat", "Camat"), RoleWord("Sekcam", "Sekretaris Kecamatan")),
    OfficeKind("kelurahan", "Kelurahan", RoleWord("Lurah", "Lurah"), RoleWord("Seklur", "Sekretaris Kelurahan")),
    OfficeKind("dinas", "Dinas", RoleWord("Kepala Dinas", "Kepala Dinas"), RoleWord("Sekretaris", "Sekretaris Dinas")),
    OfficeKind("badan", "Badan", RoleWord("Kepala Badan", "Kepala Badan"), RoleWord("Sekretaris", "Sekretaris Badan")),
    OfficeKind("inspektorat", "Inspektorat", RoleWord("Inspektur", "Inspektur"), RoleWord("Sekretaris", "Sekretaris Inspektorat")),
    OfficeKind("lain", "Perangkat daerah lain", RoleWord("Pimpinan", "Pimpinan"), RoleWord("Sekretaris", "Sekretaris")),
)  # fmt: skip
KIND_BY_KEY = {kind.key: kind for kind in OFFICE_KINDS}
OTHER_KIND = OFFICE_KINDS[-1]

# What binds every office; an edition adds the region's own (Perda on its offices, Perbup on SAKIP).
NATIONAL_BASIS = (
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "Peraturan Pemerintah Nomor 12 Tahun 2017 tentang Pembinaan dan Pengawasan Penyelenggaraan Pemerintahan Daerah",
    "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian "
    "Kinerja, Pelaporan Kinerja dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 88 Tahun 2021 tentang Evaluasi Akuntabilitas "
    "Kinerja Instansi Pemerintah",
    "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah, "
    "Tata Cara Evaluasi Rancangan Peraturan Daerah tentang Rencana Pembangunan Jangka Panjang Daerah dan Rencana Pembangunan Jangka "
    "Menengah Daerah, serta Tata Cara Perubahan Rencana Pembangunan Jangka Panjang Daerah, Rencana Pembangunan Jangka Menengah Daerah, "
    "dan Rencana Kerja Pemerintah Daerah",
)
STANDARD_TIMES = {step.key: (step.days, step.minutes) for step in STEPS}


@dataclass(frozen=True)
class Sop:
    """One edition. `times` gives working days and minutes by step; (0, 0) where the SOP gives none. The number is empty until it is entered."""

    number: str = ""
    made_on: date | None = None
    revised_on: date | None = None
    in_force_from: date | None = None
    signatory: str = ""
    head: RoleWord = OTHER_KIND.head
    secretary: RoleWord = OTHER_KIND.secretary
    times: Mapping[str, tuple[int, int]] = field(default_factory=lambda: STANDARD_TIMES)
    legal_basis: tuple[str, ...] = NATIONAL_BASIS

    @classmethod
    def of_kind(cls, kind: OfficeKind, **facts: Any) -> Self:
        """What an office of this kind begins with."""
        return cls(head=kind.head, secretary=kind.secretary, **facts)

    @classmethod
    def read(cls, facts: Mapping[str, Any] | None) -> "Sop":
        """What `facts` wrote; nothing gives the SOP without number in neutral words. The same facts give the same object, with its words worked out."""
        return _edition(json.dumps(facts)) if facts else NEUTRAL

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """A new one of what `facts` wrote."""
        days = {
            name: facts[name] and date.fromisoformat(facts[name])
            for name in ("made_on", "revised_on", "in_force_from")
        }
        return cls(
            number=facts["number"],
            signatory=facts["signatory"],
            head=RoleWord(*facts["head"]),
            secretary=RoleWord(*facts["secretary"]),
            times={key: (days, minutes) for key, (days, minutes) in facts["times"].items()},
            legal_basis=tuple(facts["legal_basis"]),
            **days,
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """All of it as JSON can keep it."""
        days = {name: getattr(self, name) for name in ("made_on", "revised_on", "in_force_from")}
        return {
            "number": self.number,
            "signatory": self.signatory,
            "head": [self.head.short, self.head.formal],
            "secretary": [self.secretary.short, self.secretary.formal],
            "times": {key: list(time) for key, time in self.times.items()},
            "legal_basis": list(self.legal_basis),
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }

    @cached_property
    def words(self) -> dict[str, str]:
        """What stands for the slots."""
        return {
            "camat": self.head.short,
            "camat_formal": self.head.formal,
            "sekcam": self.secretary.short,
            "sekcam_formal": self.secretary.formal,
        }

    def say(self, text: str) -> str:
        """A sentence of ours in the office's words. KeyError for a slot that there isn't."""
        return text.format_map(self.words)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The eleven rows in the office's words, with its standard times."""
        return tuple(self._worded(step) for step in STEPS)

    def _worded(self, step: Step) -> Step:
        days, minutes = self.times.get(step.key, (step.days, step.minutes))
        return replace(
            step,
            activity=self.say(step.activity),
            action=self.say(step.action),
            done=self.say(step.done),
            past=self.say(step.past),
            days=days,
            minutes=minutes,
        )

    @cached_property
    def step_by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def step_by_number(self) -> dict[int, Step]:
        return {step.number: step for step in self.steps}

    @cached_property
    def step_by_state(self) -> dict[State, Step]:
        return {step.source: step for step in self.steps}

    @property
    def scheduled_steps(self) -> tuple[Step, ...]:
        """Those that the schedule of step 3 dates."""
        return self.steps[len(self.steps) - len(SCHEDULED_STEPS) :]

    def label(self, role: Role) -> str:
        """The heading of an actor's column."""
        return self.say(ROLE_NAMES[role])

    def holder(self, role: Role) -> str:
        """What one person of the role is called."""
        return "ASN" if role == Role.ASN else self.label(role)

    def action_label(self, action: str) -> str:
        """What stands on the button of an action."""
        return BESIDE_STEPS[action][0] if action in BESIDE_STEPS else self.step_by_key[action].action

    def done_label(self, action: str) -> str:
        """What stands on the receipt of an action."""
        return BESIDE_STEPS[action][1] if action in BESIDE_STEPS else self.step_by_key[action].done

    def past_label(self, action: str) -> str:
        """What is said of whoever did it: "Anda menyetujui rekapitulasi"."""
        return PAST_BESIDE_STEPS[action] if action in PAST_BESIDE_STEPS else self.step_by_key[action].past

    @property
    def name(self) -> str:
        """ "SOP 065/112/416-317/2023", or by its title as long as the number is not entered."""
        return f"SOP {self.number or SOP_NAME}"


@lru_cache(maxsize=1_000)
def _edition(facts: str) -> Sop:
    return Sop.of_facts(json.loads(facts))


# what stands where no office is at hand: choices of a field, the administration of all offices
NEUTRAL = Sop()
