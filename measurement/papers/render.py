"""From frozen content to PDF, which another process makes (workers/typesetting/); only that one knows WeasyPrint.

A paper that is too big, too deep or too slow takes down its worker process, never the web worker.
"""

import base64
import hashlib
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from measurement.rules.sop import STEP_BY_KEY
from measurement.rules.sop_edition import NEUTRAL
from measurement.workers.typesetting.parts import ROWS
from measurement.workers.warm import WarmWorker

from . import qr
from .kind import Attachment, PaperKind

logger = logging.getLogger(__name__)
WORKER = "measurement.workers.typesetting.typeset"
READY = ("measurement.workers.typesetting.house_style", "measurement.workers.typesetting.long_papers")
ROW = "<tr"
ROWS_A_SECOND, ROW_BYTES = 100, 40_000  # what binding a long paper may take for each row
ATTACHED = {  # suffix → type, and what the file is to the paper (ISO 32000-2, 7.11.3)
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Data"),
    ".csv": ("text/csv", "Data"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Source"),
}
FAILED = (
    "Berkas naskah gagal dibuat: {reason}. Isinya tetap tersimpan; coba lagi, atau hubungi administrator."
)


def _environment() -> dict[str, str]:
    """What the worker may know: where programs and our files are, nothing of the application's secrets; and what makes its output repeatable."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    ours = {"PYTHONPATH": str(settings.BASE_DIR), "SAKIP_STATIC": str(settings.STATICFILES_DIRS[0])}
    return {**kept, **ours, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}


RENDERER = WarmWorker(READY, _environment())


class PaperFailed(Exception):
    """The paper's file could not be made; the message is a sentence for people."""


def render_pdf(kind: PaperKind, content: dict) -> bytes:
    """The PDF/A-3b of a paper from its frozen content; the same content gives the same bytes. PaperFailed if it can't be made."""
    attached = [_unchanged(kept) for kept in content.get("attachments", ())]
    return html_to_pdf(render_html(kind, content), attached, _pictures(content))


def render_draft(kind: PaperKind, content: dict) -> bytes:
    """The same without what makes a paper of it, and nothing inside. PaperFailed if it can't be made."""
    return html_to_pdf(render_html(kind, content), (), _pictures(content))


def _pictures(content: dict) -> dict[str, bytes]:
    emblem = content["letterhead"].get("emblem")
    return {emblem["path"]: _bytes_of(emblem, "lambang")} if emblem else {}


def render_html(kind: PaperKind, content: dict) -> str:
    title = f"{'KONSEP ' if content.get('is_draft') else ''}{kind.title} {content['period']}"
    verification = qr.verification(content)
    return render_to_string(
        f"print/{kind.template}",
        {
            "words": NEUTRAL.words,
            **content,
            "steps": STEP_BY_KEY,
            "title": title,
            "landscape": kind.landscape,
            "verification": verification,
        },
    )


def html_to_pdf(
    html: str, attachments: Iterable[Attachment] = (), pictures: dict[str, bytes] | None = None
) -> bytes:
    """The PDF; `pictures` are shown where the HTML names their address.

    Runs the worker under the limits of the settings: CPU and memory of each of its processes by the kernel, and four times the CPU time by the clock.
    They are those of a paper that is set in one piece; a longer one gets more, by its rows.
    """
    rows = html.count(ROW)
    seconds = settings.PAPER_SECONDS + rows // ROWS_A_SECOND
    memory = settings.PAPER_MEMORY_BYTES + rows * ROW_BYTES
    order = {
        "html": html.encode("utf-8", "replace").decode(),
        "attachments": [_ordered(attachment) for attachment in attachments],
        "pictures": {
            address: base64.b64encode(content).decode() for address, content in (pictures or {}).items()
        },
    }
    source = json.dumps(order).encode()
    pieces = 1 + rows // ROWS
    try:
        done = RENDERER.run(str(WORKER), [str(seconds), str(memory)], source, 4 * seconds * pieces)
    except OSError as error:
        logger.error("paper worker did not start: %s", error)
        raise PaperFailed(FAILED.format(reason="pembuat berkas tidak dapat dijalankan")) from error
    if done.late:
        raise PaperFailed(FAILED.format(reason="terlalu lama"))
    if not (done.well and done.answer.startswith(b"%PDF-")):
        logger.error("paper worker ended: %s", done.complaint[-2000:].decode(errors="replace"))
        raise PaperFailed(FAILED.format(reason="terlalu besar, terlalu rumit, atau terlalu lama"))
    return done.answer


def _ordered(attachment: Attachment) -> dict:
    """An attachment as the worker reads it."""
    mime, relationship = ATTACHED[Path(attachment.name).suffix]
    content = base64.b64encode(attachment.content).decode()
    return {
        "name": attachment.name,
        "description": attachment.description,
        "type": mime,
        "relationship": relationship,
        "content": content,
    }


def _unchanged(kept: dict) -> Attachment:
    """A stored attachment, still the one that the paper was issued with. PaperFailed if not."""
    return Attachment(kept["name"], kept["description"], _bytes_of(kept, f"lampiran {kept['name']}"))


def _bytes_of(kept: dict, what: str) -> bytes:
    """The bytes with the path and digest that the paper froze. PaperFailed if they are missing or others."""
    try:
        content = (settings.MEDIA_ROOT / kept["path"]).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != kept["sha256"]:
        logger.error("%s is missing or was changed", kept["path"])
        raise PaperFailed(
            FAILED.format(reason=f"{what} hilang atau tidak lagi sama dengan saat naskah ditetapkan")
        )
    return content
