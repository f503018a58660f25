"""What a workbook shows where a formula failed: such a cell says nothing, and is never taken for a word. Pure."""

import re

CELL_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|BUSY!|GETTING_DATA|UNKNOWN!)|Err:[0-9]{3}",
    re.IGNORECASE,
)


def cell_error(text: str) -> str:
    """The sentence about a failed formula; empty for any other text."""
    shown = text.strip()
    if not CELL_ERROR.fullmatch(shown):
        return ""
    return f"Rumus pada sel ini gagal ({shown}). Perbaiki di Excel atau ketik isinya, lalu unggah lagi."
