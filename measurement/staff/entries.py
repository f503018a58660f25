"""The persons that a file speaks of: lines of one person put together, by NIP, else by user name, else by name."""

from dataclasses import dataclass, field, replace
from datetime import date

from measurement.rules.sop import Role

from .lines import StaffLine, StaffReading, WrongStaffCell
from .names import name_without_titles

FACTS = ("name", "nip", "username", "grade", "email")
DIFFERENT = "Berbeda dari baris {row} tentang orang yang sama (“{value}”). Samakan."
NAMESAKE = "Nama ini juga ada pada baris {row}, yang ber-NIP. Bila orangnya sama, ulangi NIP-nya; bila lain, beri NIP atau nama penggunanya."
TWICE = "Peran ini sudah tertulis pada baris {row} untuk orang yang sama."


@dataclass
class WrittenPost:
    """One role of a person as the file has it; `role` None where the file names none."""

    row: int
    role: Role | None
    chairs: bool
    title: str
    kind: str
    decree: str
    starts: date | None
    ends: date | None


@dataclass
class StaffEntry:
    """One person of the file; `row` is the first line about them. Facts that the file leaves blank are ""."""

    row: int
    name: str
    nip: str = ""
    username: str = ""
    grade: str = ""
    email: str = ""
    posts: list[WrittenPost] = field(default_factory=list)


def people_in_file(reading: StaffReading) -> list[StaffEntry]:
    """The persons in the order of the file. Lines that contradict each other are added to what is wrong, and their person left out."""
    found: dict[tuple[str, str], StaffEntry] = {}
    bad = {cell.row for cell in reading.wrong}
    for line in reading.lines:
        key = _key(line)
        entry = found.setdefault(key, StaffEntry(line.number, line.name))
        wrong = _conflicts(entry, line, reading)
        for fact in FACTS:
            setattr(entry, fact, getattr(entry, fact) or getattr(line, fact))
        wrong += _add_posts(entry, line, reading)
        reading.wrong += wrong
        bad |= {entry.row for _ in wrong}
    _refuse_namesakes(found, reading, bad)
    return [entry for entry in found.values() if entry.row not in bad]


def _key(line: StaffLine) -> tuple[str, str]:
    if line.nip:
        return "nip", line.nip
    return ("username", line.username.lower()) if line.username else ("name", name_without_titles(line.name))


def _conflicts(entry: StaffEntry, line: StaffLine, reading: StaffReading) -> list[WrongStaffCell]:
    differing = [
        fact
        for fact in FACTS
        if getattr(line, fact) and getattr(entry, fact) not in ("", getattr(line, fact))
    ]
    return [
        WrongStaffCell(
            reading.layout.cell(fact, line.number),
            getattr(line, fact),
            DIFFERENT.format(row=entry.row, value=getattr(entry, fact)),
            line.number,
        )
        for fact in differing
    ]


def _add_posts(entry: StaffEntry, line: StaffLine, reading: StaffReading) -> list[WrongStaffCell]:
    """The line's roles, each a post of its own; twice the same one is wrong, and a blank one counts only where nothing else does."""
    post = WrittenPost(line.number, None, False, line.title, line.kind, line.decree, line.starts, line.ends)
    wrong = []
    for written in line.roles:
        kind = written.kind or line.kind
        twin = next(
            (
                p
                for p in entry.posts
                if (p.role, p.kind or "definitif") == (written.role, kind or "definitif")
            ),
            None,
        )
        if twin is None:
            entry.posts.append(replace(post, role=written.role, chairs=written.chairs, kind=kind))
        elif twin.row != line.number:
            cell = reading.layout.cell("roles", line.number)
            wrong.append(WrongStaffCell(cell, line.title, TWICE.format(row=twin.row), line.number))
    if not line.roles and (not entry.posts or line.title):
        entry.posts.append(post)
    return wrong


def _refuse_namesakes(found: dict[tuple[str, str], StaffEntry], reading: StaffReading, bad: set[int]) -> None:
    """A line with a name only, beside one of the same name with a NIP: nobody knows whether it is the same person."""
    named = {name_without_titles(entry.name): entry for (kind, _), entry in found.items() if kind != "name"}
    for (kind, name), entry in found.items():
        if kind == "name" and name in named:
            cell = reading.layout.cell("name", entry.row)
            sentence = NAMESAKE.format(row=named[name].row)
            reading.wrong.append(WrongStaffCell(cell, entry.name, sentence, entry.row))
            bad.add(entry.row)
