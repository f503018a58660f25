"""Which stored person a person of the file is: by number, else by user name. What only a name or an e-mail suggests is asked, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from measurement.models import Person

from .columns import StaffLayout
from .entries import StaffEntry
from .lines import WrongStaffCell
from .names import user_name
from .roster import Roster

NEW = "baru"
ELSEWHERE = "Pegawai ini sudah terdaftar pada kantor lain. Minta pengelola instalasi mencatat perpindahannya; datanya tidak diubah dari sini."
OTHER_NUMBER = "Nama pengguna ini milik {person}, yang NIP-nya lain. Perbaiki NIP atau nama penggunanya."
OTHER_NAME = (
    "NIP ini milik {person} dengan nama pengguna {username}. Samakan nama penggunanya, atau kosongkan."
)
TAKEN = "Nama pengguna ini sudah dipakai. Pilih yang lain, atau kosongkan supaya dibuatkan."
ONLY_DIGITS = "Nama pengguna tidak boleh hanya angka; angka saja dibaca sebagai NIP."
BAD_USERNAME = "Nama pengguna hanya memuat huruf, angka, dan titik."


@dataclass(frozen=True)
class StaffQuestion:
    """Is the person of this row one of these, who have the same name or e-mail? `answer` is what was said, "" before."""

    row: int
    name: str
    candidates: list[tuple[str, str]]
    answer: str = ""


@dataclass
class StaffMatch:
    """Who a person of the file is: `person` stored or fresh; None where it is asked or wrong."""

    person: Person | None = None
    wrong: WrongStaffCell | None = None
    suspects: list[Person] = field(default_factory=list)


@dataclass
class StaffMatcher:
    """`answers`: row of the file → NEW, or the id of the person that it is."""

    roster: Roster
    layout: StaffLayout
    answers: Mapping[str, str]

    def __post_init__(self):
        self.taken = self.roster.usernames  # also by what this file makes, in other offices of it too
        self.used: dict[int, int] = {}  # stored persons that the file has spoken of, and where

    def match(self, entry: StaffEntry) -> StaffMatch:
        found = self._by_key(entry)
        if found is None:
            found = self._by_likeness(entry)
        if found.person and found.person.pk:
            first = self.used.setdefault(found.person.pk, entry.row)
            if first != entry.row:
                sentence = f"Baris {first} sudah tentang orang yang sama. Hapus salah satunya."
                return StaffMatch(wrong=self._cell(entry, "name", entry.name, sentence))
        return found

    def _by_key(self, entry: StaffEntry) -> StaffMatch | None:
        """By what tells people apart for certain; None where nothing does."""
        if entry.nip in self.roster.elsewhere:
            return StaffMatch(wrong=self._cell(entry, "nip", "", ELSEWHERE))
        owner = self.roster.by_number.get(entry.nip) if entry.nip else None
        named = self.roster.by_username.get(entry.username.lower()) if entry.username else None
        if owner:
            if entry.username and named != owner:
                sentence = OTHER_NAME.format(person=owner, username=owner.username)
                return StaffMatch(wrong=self._cell(entry, "username", entry.username, sentence))
            return StaffMatch(owner)
        if named:
            if entry.nip and named.nip:
                sentence = OTHER_NUMBER.format(person=named)
                return StaffMatch(wrong=self._cell(entry, "username", entry.username, sentence))
            return StaffMatch(named)
        return None

    def _by_likeness(self, entry: StaffEntry) -> StaffMatch:
        """Somebody new, unless a name or an e-mail is that of somebody there: then as it was answered."""
        similar = self.roster.similar(entry.name, entry.email)
        answer = self.answers.get(str(entry.row), "")
        if similar and answer != NEW:
            chosen = next((person for person in similar if str(person.pk) == answer), None)
            return StaffMatch(chosen, suspects=[] if chosen else similar)
        return self._fresh(entry)

    def _fresh(self, entry: StaffEntry) -> StaffMatch:
        name = entry.username or user_name(entry.name, entry.email, self.taken)
        if sentence := self._username_fault(name):
            return StaffMatch(wrong=self._cell(entry, "username", name, sentence))
        self.taken.add(name.lower())
        return StaffMatch(
            Person(
                username=name, name=entry.name, nip=entry.nip or None, grade=entry.grade, email=entry.email
            )
        )

    def _username_fault(self, name: str) -> str:
        if name.isdecimal():
            return ONLY_DIGITS
        try:
            UnicodeUsernameValidator()(name)
        except ValidationError:
            return BAD_USERNAME
        return TAKEN if name.lower() in self.taken else ""

    def _cell(self, entry: StaffEntry, key: str, value: str, sentence: str) -> WrongStaffCell:
        return WrongStaffCell(self.layout.cell(key, entry.row), value, sentence, entry.row)
