"""One person of the file against the same person as stored: what changes, which posts begin and end. Nothing is written here.

A blank never changes anything. A post that changes ends the day before the new one begins; what is not in the file goes on.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from measurement.models import Appointment, Person, Unit, column_label
from measurement.rules.dates import long_date
from measurement.rules.sop import Role

from .columns import StaffLayout
from .entries import StaffEntry, WrittenPost
from .lines import WrongStaffCell
from .role_words import role_label

ACCOUNT = ("name", "nip", "grade", "email")
OFFICIALS = (Role.CAMAT, Role.SEKCAM)
ONLY_OFFICIALS = "Plt. dan Plh. hanya untuk pimpinan kantor dan sekretarisnya."
NO_TITLE = "Jabatan wajib diisi untuk penugasan baru."
WHICH_ROLE = "Orang ini memegang beberapa jabatan; tulis perannya supaya jelas jabatan mana yang berubah."
NOT_BEFORE = "Penugasannya sekarang mulai {starts}. Isi kolom Mulai dengan tanggal sesudah itu untuk jabatan yang baru."
HAS_ENDED = (
    "Penugasan ini sudah berakhir {ends}. Bila bertugas lagi, isi kolom Mulai dengan tanggal sesudahnya."
)
OUT_OF_ORDER = "Tanggal akhir tidak boleh sebelum tanggal mulai."
OWN_OFFICE = "Anda tidak dapat mengakhiri penugasan administrator Anda sendiri."


@dataclass(frozen=True)
class StaffChange:
    """One value that changes, of one person."""

    row: int
    name: str
    label: str
    old: str
    new: str


@dataclass
class StaffComparison:
    """What the file changes about one person; nothing where all lists are empty."""

    person: Person
    is_new: bool = False
    facts: list[str] = field(default_factory=list)
    begun: list[Appointment] = field(default_factory=list)
    altered: list[Appointment] = field(default_factory=list)
    changes: list[StaffChange] = field(default_factory=list)
    wrong: list[WrongStaffCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class StaffComparer:
    """What a comparison needs to know: the office, the file's columns, the day, and who asks for it."""

    unit: Unit
    layout: StaffLayout
    today: date
    actor: Person

    def compare(self, entry: StaffEntry, person: Person, posts: list[Appointment]) -> StaffComparison:
        """A stored person, or a new one without posts; the objects given carry the new values afterwards."""
        made = StaffComparison(person, is_new=not person.pk)
        for name in ACCOUNT if person.pk else ():
            old, new = getattr(person, name) or "", getattr(entry, name)
            if new and new != old:
                shown = (
                    (person.masked_nip if old else "–", Person(nip=new).masked_nip)
                    if name == "nip"
                    else (old or "–", new)
                )
                made.changes.append(StaffChange(entry.row, person.name, column_label(Person, name), *shown))
                made.facts.append(name)
        for name in made.facts:
            setattr(person, name, getattr(entry, name))
        for post in self._told(entry, posts, made):
            self._post(made, post, posts)
        return made

    def _told(self, entry: StaffEntry, posts: list[Appointment], made: StaffComparison) -> list[WrittenPost]:
        """The posts of the file, each with a role: where it names none, those held now, and ASN for who holds none."""
        held = [post for post in posts if post.ends is None or post.ends >= self.today]
        told: list[WrittenPost] = []
        for post in entry.posts:
            if post.role is not None:
                told.append(post)
            elif not held:
                told.append(_with_role(post, Role.ASN, False, Appointment.Kind.DEFINITIVE))
            elif post.title and len({a.title for a in held} | {post.title}) > 2:
                self._wrong(made, post, "roles", "", WHICH_ROLE)
            elif post.title not in {a.title for a in held}:
                told += [_with_role(post, Role(a.role), a.chairs, a.kind) for a in held] if post.title else []
        return told

    def _post(self, made: StaffComparison, post: WrittenPost, posts: list[Appointment]) -> None:
        role, kind = Role(post.role or Role.ASN), post.kind or Appointment.Kind.DEFINITIVE
        if kind != Appointment.Kind.DEFINITIVE and role not in OFFICIALS:
            self._wrong(made, post, "kind", kind, ONLY_OFFICIALS)
            return
        same = [a for a in posts if (a.role, a.kind) == (role, kind)]
        held = [a for a in same if a.ends is None or a.ends >= self.today]
        if known := next((a for a in reversed(held) if _is_same(a, post)), None):
            self._details(made, post, known)
        elif held:
            self._replace(made, post, held[-1], role, kind)
        else:
            self._begin(made, post, same, role, kind)

    def _details(self, made: StaffComparison, post: WrittenPost, known: Appointment) -> None:
        """The same post: its decree and its last day may be told; when it began stays as it is."""
        if post.starts and post.starts != known.starts:
            made.remarks.append(
                f"Baris {post.row}: {made.person} sudah bertugas sebagai {known.printed_title} sejak {long_date(known.starts)}; tanggal itu tidak diubah."
            )
        self._set_end(made, post, known)
        if post.decree and post.decree != known.decree:
            self._tell(made, post, column_label(Appointment, "decree"), known.decree, post.decree)
            known.decree = post.decree
            made.altered.append(known)

    def _set_end(self, made: StaffComparison, post: WrittenPost, known: Appointment) -> None:
        if post.ends is None or post.ends == known.ends:
            return
        if known.person_id == self.actor.pk and known.role == Role.ADMINISTRATOR:
            self._wrong(made, post, "ends", str(post.ends), OWN_OFFICE)
        elif post.ends < known.starts:
            self._wrong(made, post, "ends", str(post.ends), OUT_OF_ORDER)
        else:
            old = long_date(known.ends) if known.ends else "–"
            self._tell(made, post, f"{known.printed_title} sampai", old, long_date(post.ends))
            known.ends = post.ends
            made.altered.append(known)

    def _replace(
        self, made: StaffComparison, post: WrittenPost, held: Appointment, role: Role, kind: str
    ) -> None:
        """Another post in the same role: the one held ends, or is put right where both begin on one day."""
        starts = post.starts or self.today
        if not post.title:
            post.title = held.title
        if starts == held.starts:
            self._tell(
                made,
                post,
                column_label(Appointment, "title"),
                self._words(held),
                self._post_words(post, role, kind),
            )
            held.title, held.chairs = post.title, post.chairs
            made.altered.append(held)
            self._details(made, post, held)
        elif starts < held.starts:
            self._wrong(
                made, post, "starts", str(post.starts or ""), NOT_BEFORE.format(starts=long_date(held.starts))
            )
        else:
            self._end_before(made, post, held, starts - timedelta(days=1))
            self._add(made, post, role, kind)

    def _end_before(self, made: StaffComparison, post: WrittenPost, held: Appointment, last: date) -> None:
        if held.ends is None or held.ends > last:
            self._tell(made, post, f"berakhir {long_date(last)}", self._words(held), "–")
            held.ends = last
            made.altered.append(held)

    def _begin(
        self, made: StaffComparison, post: WrittenPost, past: list[Appointment], role: Role, kind: str
    ) -> None:
        """A role that nobody stored for this person, or one that has ended."""
        starts = post.starts or self.today
        if ended := next((a for a in reversed(past) if a.ends and a.ends >= starts), None):
            sentence = HAS_ENDED.format(ends=long_date(ended.ends or starts))
            self._wrong(made, post, "starts", str(post.starts or ""), sentence)
        else:
            self._add(made, post, role, kind)

    def _add(self, made: StaffComparison, post: WrittenPost, role: Role, kind: str) -> None:
        starts = post.starts or self.today
        if not post.title:
            self._wrong(made, post, "title", "", NO_TITLE)
        elif post.ends and post.ends < starts:
            self._wrong(made, post, "ends", str(post.ends), OUT_OF_ORDER)
        else:
            appointment = Appointment(
                person=made.person, unit=self.unit, role=role.value, kind=kind, title=post.title, decree=post.decree, chairs=post.chairs,
                starts=starts, ends=post.ends,
            )  # fmt: skip
            self._check_acting(made, post, appointment)
            made.begun.append(appointment)
            self._tell(
                made, post, "penugasan baru", "–", f"{self._words(appointment)}, mulai {long_date(starts)}"
            )

    def _words(self, appointment: Appointment) -> str:
        role = role_label(Role(appointment.role), appointment.chairs, self.unit.sop)
        return f"{appointment.printed_title} sebagai {role}"

    def _post_words(self, post: WrittenPost, role: Role, kind: str) -> str:
        return self._words(Appointment(title=post.title, role=role.value, kind=kind, chairs=post.chairs))

    def _check_acting(self, made: StaffComparison, post: WrittenPost, appointment: Appointment) -> None:
        """Only one person acts for an official at a time, as the model says."""
        try:
            appointment.clean()
        except ValidationError as refused:
            self._wrong(made, post, "kind", appointment.kind, refused.messages[0])

    def _tell(self, made: StaffComparison, post: WrittenPost, label: str, old: str, new: str) -> None:
        made.changes.append(StaffChange(post.row, made.person.name, label, old or "–", new))

    def _wrong(self, made: StaffComparison, post: WrittenPost, key: str, value: str, sentence: str) -> None:
        made.wrong.append(WrongStaffCell(self.layout.cell(key, post.row), value, sentence, post.row))


def _with_role(post: WrittenPost, role: Role, chairs: bool, kind: str) -> WrittenPost:
    return WrittenPost(post.row, role, chairs, post.title, kind, post.decree, post.starts, post.ends)


def _is_same(appointment: Appointment, post: WrittenPost) -> bool:
    titles = (
        " ".join(text.split()).casefold() for text in (appointment.title, post.title or appointment.title)
    )
    return len(set(titles)) == 1 and appointment.chairs == post.chairs
