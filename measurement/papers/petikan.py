"""The extract of an issued kertas kerja pengukuran for one ASN: their rows as the paper froze them. Made on demand, never numbered or stored."""

from measurement.models import Paper

from .kind import PaperKind
from .render import render_pdf

KIND = PaperKind(
    "KKP",
    "Petikan Kertas Kerja Pengukuran Data Kinerja",
    "petikan.html",
    content=lambda cycle, actor: {},
    landscape=True,
)
ABOUT_THE_WHOLE = ("owners", "hints", "code", "verify_url")
# what the frame of a kertas kerja asks for
EMPTY: dict[str, object] = {"total": None, "attachments": [], "wording": {"note": []}}


def petikan_content(paper: Paper, person_id: int) -> dict | None:
    """The frozen content with one person's rows and money only; None where the paper has nothing of theirs."""
    whole, key = paper.content, str(person_id)
    owner = next((owner for owner in whole["owners"] if owner["person"] == key), None)
    groups = [
        {**group, "rows": [row for row in group["rows"] if row["person"] == key]} for group in whole["groups"]
    ]
    own = [group for group in groups if group["rows"] or group.get("person") == key]
    if owner is None or not own:
        return None
    rest = {name: value for name, value in whole.items() if name not in ABOUT_THE_WHOLE}
    return {**rest, **EMPTY, "groups": own, "signatory": owner, "whole_at": whole["verify_url"]}


def pdf(extract: dict) -> bytes:
    """The same paper and person give the same bytes. PaperFailed if it can't be made."""
    return render_pdf(KIND, extract)
