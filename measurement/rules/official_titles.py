"""A post as a formal paper names it: with the office that it belongs to, once. "Camat" of Kecamatan Contoh is "Camat Contoh"."""

from dataclasses import dataclass

from .reading_names import reading_name
from .sop_edition import Sop

ACTING = ("Plt. ", "Plh. ")
TEAM = "Tim SAKIP"
# what is headed by somebody whose post doesn't say so itself
HEADED = {"camat": "kecamatan", "lurah": "kelurahan", "inspektur": "inspektorat"}
# offices that are named after a place need no region beside it
OF_A_PLACE = ("kecamatan", "kelurahan")


@dataclass(frozen=True)
class OfficeName:
    """How an office is called: "Dinas Kesehatan", "Dinkes", of "Kabupaten Contoh"."""

    name: str
    short_name: str
    region: str

    @property
    def kind(self) -> str:
        return self.name.partition(" ")[0].casefold()

    @property
    def rest(self) -> str:
        """What stands after the kind of office: a place, or what it is for."""
        return self.name.partition(" ")[2]


def office_name(name: str, short_name: str, government: str) -> OfficeName:
    return OfficeName(reading_name(name), short_name, reading_name(government).removeprefix("Pemerintah "))


def full_title(title: str, office: OfficeName, sop: Sop) -> str:
    """The post of whoever leads the office, or of the team, with the office's name; any other post, and one that names it already, as it is."""
    acting = next((word for word in ACTING if title.startswith(word)), "")
    bare = title.removeprefix(acting).strip()
    if bare.endswith(TEAM):
        return f"{acting}{bare} {office.name}"
    formal = _formal(bare, sop)
    return f"{acting}{_joined(formal, office)}" if formal else title


def _formal(bare: str, sop: Sop) -> str:
    """The office's formal word for a post that is nothing but the word for its head or secretary; else nothing."""
    words = {word: role.formal for role in (sop.head, sop.secretary) for word in (role.short, role.formal)}
    return {word.casefold(): formal for word, formal in words.items()}.get(bare.casefold(), "")


def _joined(formal: str, office: OfficeName) -> str:
    headed = HEADED.get(formal.casefold(), formal.rpartition(" ")[2].casefold())
    if formal.casefold() in HEADED and headed != office.kind:
        return f"{formal} {office.short_name}"
    joined = f"{formal} {office.rest if headed == office.kind else office.name}".strip()
    if office.kind in OF_A_PLACE or office.region.casefold() in joined.casefold():
        return joined
    return f"{joined} {office.region}"
