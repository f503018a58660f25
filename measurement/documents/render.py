"""From frozen content to PDF. The only module that knows WeasyPrint, and even that only as another process (weasy.py).

A paper that is too big, too deep or too slow takes down its worker process, never the web worker.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from .kind import Kind

logger = logging.getLogger(__name__)
WORKER = Path(__file__).with_name("weasy.py")
FAILED = "Berkas naskah gagal dibuat: {reason}. Isinya tetap tersimpan; coba lagi, atau hubungi administrator."


class PaperFailed(Exception):
    """The paper's file could not be made; the message is a sentence for people."""


def render_pdf(kind: Kind, content: dict) -> bytes:
    """The PDF of a paper from its frozen content; the same content gives the same bytes. PaperFailed if it can't be made."""
    return html_to_pdf(render_html(kind, content))


def render_html(kind: Kind, content: dict) -> str:
    title = f"{kind.title} {content['period']}"
    return render_to_string(f"documents/{kind.template}", {**content, "title": title, "landscape": kind.landscape})


def html_to_pdf(html: str) -> bytes:
    """Run the worker under the limits of the settings: CPU and memory by the kernel, and twice the CPU time by the clock."""
    seconds, memory = settings.PAPER_SECONDS, settings.PAPER_MEMORY_BYTES
    command = [sys.executable, "-P", "-s", str(WORKER), str(settings.STATICFILES_DIRS[0]), str(seconds), str(memory)]
    source = html.encode("utf-8", "replace")
    try:
        # S603: fixed command, no shell; the paper's text goes in on stdin only
        done = subprocess.run(command, input=source, capture_output=True, timeout=2 * seconds, env=_environment(), check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise PaperFailed(FAILED.format(reason="terlalu lama")) from None
    except OSError as error:
        logger.error("paper worker did not start: %s", error)
        raise PaperFailed(FAILED.format(reason="pembuat berkas tidak dapat dijalankan")) from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        logger.error("paper worker ended with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
        raise PaperFailed(FAILED.format(reason="terlalu besar, terlalu rumit, atau terlalu lama"))
    return done.stdout


def _environment() -> dict[str, str]:
    """What the worker may know: where programs are, nothing of the application's secrets; and what makes its output repeatable."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
