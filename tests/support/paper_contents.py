"""Contents of all papers of one walked cycle, and the same contents with other texts: the longest ones, or hostile ones."""

import re
from collections.abc import Callable
from itertools import count, cycle, islice

from measurement.rules.sop import Output
from tests.support.characters import Office, cycle_at

PERSON = "Prof. Dr. Ir. Raden Mas Haryo Suryaningrat Kusumawardhana Tjokronegoro Wijayakusuma, S.T., M.T., M.Si., Ph.D., IPU, ASEAN"
INDICATOR = (
    "Persentase penyelenggaraan urusan pemerintahan yang dilimpahkan kepada camat menurut peraturan perundang-undangan yang dilaksanakan "
    "tepat waktu, tepat mutu, dan dapat dipertanggungjawabkan kepada masyarakat desa serta perangkat daerah terkait "
) * 3
UNBROKEN = "Pertanggungjawabanpelaksanaan" * 6
OFFICE = "Kecamatan Karangpandanbaru Selatan Raya, Kabupaten Kepulauan Tanimbar Utara Daya dan Sekitarnya"
NUMBER = "000.8.6.3.1.1/123456/KKPENGUKURAN/416-317.001-SEKRETARIAT-KECAMATAN/XII/2026"
MONEY = "Rp987.654.321.000,00"
LETTERHEAD = {
    "government": OFFICE,
    "name": OFFICE,
    "address": OFFICE,
    "contacts": OFFICE,
    "town": "Karangpandanbaru Selatan Raya",
}
PEOPLE = {"owner", "actor", "accepted_by", "filled_by"}
FIXED = {
    "number_label",
    "level",
    "round",
    "paper_size",
    "anchor",
    "method",
    "person",
    "code",
    "verify_url",
    "date",
    "attachments",
    "audit_head",
    "kind",
    "charts",
    "target_heads",
}
MARK = re.compile(r"«\d+»")
WORDS = re.compile(r"[A-Za-z]{3}|Rp")


def contents_of(made: Office) -> dict[Output, dict]:
    """The content of every kind of paper, from a cycle walked into the archive."""
    return {Output(paper.kind): paper.content for paper in cycle_at(made, None).papers.order_by("pk")}


def stretched(content: dict, rows: int) -> dict:
    """The content with long words, names and sums everywhere, every text marked «n», and tables of so many rows."""
    numbers = count(1)
    longer = with_texts(content, lambda key, text: f"{_longest(key, text)} «{next(numbers)}»", rows)
    return longer | {"letterhead": content["letterhead"] | LETTERHEAD, "number": NUMBER}


def with_texts(content: dict, text_for: Callable[[str, str], str], rows: int = 0) -> dict:
    """The content with every text replaced by `text_for(key, text)`; lists of records on its first level repeated to so many rows."""

    def replaced(value, key="", depth=0):
        match value:
            case dict():
                names = {"name": "owner"} if "nip" in value else {}
                return {
                    name: replaced(item, names.get(name, name), depth + 1) for name, item in value.items()
                }
            case list() if rows and value and isinstance(value[0], dict) and depth == 1:
                return [replaced(item, key, depth + 1) for item in islice(cycle(value), rows)]
            case list():
                return [replaced(item, key, depth + 1) for item in value]
            case str() if key not in FIXED and WORDS.search(value):
                return text_for(key, value)
        return value

    return {name: item if name in FIXED else replaced(item, name, 1) for name, item in content.items()}


def _longest(key: str, text: str) -> str:
    if text.startswith("Rp"):
        return MONEY
    if key in PEOPLE:
        return PERSON
    return INDICATOR if key == "name" else f"{text} {UNBROKEN}"
