"""What people write for a role: the words of the office for it, and those that other offices use."""

import re
from dataclasses import dataclass

from measurement.models import Appointment
from measurement.plan.table_import.columns import plain_heading
from measurement.rules.sop import Role
from measurement.rules.sop_edition import Sop

CHAIR = "Ketua Tim SAKIP"
APART = re.compile(r"[;,\n/+&]|\bdan\b|\bserta\b|\bmerangkap\b", re.IGNORECASE)
ACTING = re.compile(r"^\s*(plt|plh)\b\.?\s*", re.IGNORECASE)
KINDS = {"plt": Appointment.Kind.PLT, "plh": Appointment.Kind.PLH}
ALSO_WRITTEN = {
    Role.CAMAT: (
        "pimpinan", "kepala", "kepala kantor", "kepala dinas", "kepala badan", "kepala perangkat daerah", "kepala opd", "camat", "lurah",
        "kepala kelurahan", "kepala kecamatan",
        "kepala bagian", "inspektur", "direktur",
    ),
    Role.SEKCAM: (
        "sekretaris", "sekcam", "sekretaris camat", "sekretaris kecamatan", "seklur", "sekretaris lurah", "sekretaris kelurahan", "sekdin",
        "sekretaris dinas", "sekretaris badan", "sekban",
    ),
    Role.TIM_SAKIP: ("tim sakip", "anggota tim sakip", "anggota tim", "tim", "anggota", "sekretaris tim sakip"),
    Role.ASN: (
        "asn", "seluruh asn", "pegawai", "staf", "staff", "pelaksana", "pns", "pppk", "p3k", "penanggung jawab indikator", "penanggung jawab",
    ),
    Role.ADMINISTRATOR: ("administrator", "admin", "admin kantor", "operator", "operator sakip", "pengelola sistem", "administrator sistem"),
}  # fmt: skip
CHAIRS = ("ketua tim sakip", "tim sakip ketua", "ketua tim", "ketua sakip", "koordinator tim sakip")


@dataclass(frozen=True)
class WrittenRole:
    """A role as it was written, whether it chairs the team, and Plt. or Plh. before it."""

    role: Role
    chairs: bool = False
    kind: str = ""


def role_label(role: Role, chairs: bool, sop: Sop) -> str:
    """The word that a table of people has for it, as the office says; it reads back as the same."""
    return CHAIR if chairs else sop.holder(role)


def _words(sop: Sop) -> dict[str, tuple[Role, bool]]:
    found = {plain_heading(word): (role, False) for role, words in ALSO_WRITTEN.items() for word in words}
    found |= {
        plain_heading(sop.head.formal): (Role.CAMAT, False),
        plain_heading(sop.secretary.formal): (Role.SEKCAM, False),
    }
    found |= {
        plain_heading(word): (role, False) for role in Role for word in (sop.label(role), sop.holder(role))
    }
    return found | {plain_heading(word): (Role.TIM_SAKIP, True) for word in CHAIRS}


def read_roles(text: str, sop: Sop) -> tuple[WrittenRole, ...]:
    """The roles of a cell, none for a blank. ValueError with a sentence for a word that is no role."""
    words, found = _words(sop), []
    for part in filter(None, (part.strip(" -–—") for part in APART.split(text))):
        acting = ACTING.match(part)
        known = words.get(plain_heading(part[acting.end() :] if acting else part))
        if known is None:
            labels = [role_label(role, False, sop) for role in Role]
            raise ValueError(
                f"“{part[:40]}” bukan peran. Tulis satu atau beberapa: {', '.join([*labels, CHAIR])}."
            )
        found.append(WrittenRole(*known, KINDS[acting[1].lower()].value if acting else ""))
    return tuple(dict.fromkeys(found))


def acting_kind(text: str) -> tuple[str, str]:
    """Plt. or Plh. before a post as a kind of appointment, and the post without it."""
    acting = ACTING.match(text)
    return (KINDS[acting[1].lower()].value, text[acting.end() :]) if acting else ("", text)
