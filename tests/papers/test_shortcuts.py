"""The shorter ways through WeasyPrint give what the longer ones give."""

import inspect
import json
import re
import subprocess
import sys

import pytest
from weasyprint.text import fonts, line_break

from measurement.papers import KINDS, render
from measurement.papers.render import render_html
from measurement.workers.typesetting.shortcuts import ASKED
from tests.support.paper_contents import stretched

PROGRAM = """
import hashlib, json, sys
from measurement.workers.typesetting import shortcuts
if sys.argv[1] == "long":
    shortcuts.take = lambda: None
from measurement.workers.typesetting.typeset import make_pdf
print(json.dumps([hashlib.sha256(make_pdf(html, [], {})).hexdigest() for html in json.load(sys.stdin)]))
"""


def digests(papers: list[str], way: str) -> list[str]:
    """Of the PDFs, set in a process that goes this way."""
    # S603: fixed command, no shell
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, way],
        input=json.dumps(papers).encode(),
        env=render.RENDERER.environment,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.django_db
def test_every_paper_has_the_same_bytes_either_way(paper_contents):
    papers = [render_html(KINDS[output], content) for output, content in paper_contents.items()]
    papers += [
        render_html(KINDS[output], stretched(content, rows=2)) for output, content in paper_contents.items()
    ]
    assert digests(papers, "short") == digests(papers, "long")


def test_the_key_of_a_text_names_all_that_is_asked_of_its_style():
    """A new WeasyPrint that measures by one more property fails here, before two texts are taken for one."""
    source = inspect.getsource(line_break) + inspect.getsource(fonts.get_font_description)
    assert set(re.findall(r"style\['(\w+)'\]", source)) == set(ASKED)
