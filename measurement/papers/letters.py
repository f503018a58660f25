"""What an office decided about its letters: tembusan, sifat and lampiran. What it left open follows the kind of paper."""

from measurement.models import PaperSetting
from measurement.rules.dates import count_in_words

NOTHING = "–"


def letter_facts(memo: dict, setting: PaperSetting, attached: int) -> dict:
    """The head of a letter; lampiran counts what lies behind it and the workbooks in the PDF, unless the office says it otherwise."""
    copies = [line.strip() for line in setting.copy_to.splitlines() if line.strip()]
    return {
        **memo,
        "copy": _listed(copies) or memo["copy"],
        "nature": setting.get_nature_display() or memo["nature"],
        "attachment": setting.enclosure.strip() or _counted(memo["attachment"], attached),
    }


def _listed(copies: list[str]) -> str:
    """Several each on a line with its number."""
    if len(copies) < 2:
        return "".join(copies)
    return "\n".join(f"{number}. {copy}" for number, copy in enumerate(copies, start=1))


def _counted(printed: str, attached: int) -> str:
    if not attached:
        return printed
    files = count_in_words(attached, "berkas Excel")
    return files if printed == NOTHING else f"{printed}, disertai {files}"
