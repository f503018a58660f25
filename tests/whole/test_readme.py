"""The README shows the SOP as the code has it."""

from pathlib import Path

from django.conf import settings

from measurement.rules.sop import STEPS

HEAD = ["| no | kegiatan | pelaksana | kelengkapan | waktu | keluaran |", "|---|---|---|---|---|---|"]


def sop_markdown_table() -> list[str]:
    """The lines of the SOP's table, from the one table of the code."""
    return HEAD + [
        f"| {step.number} | {step.activity} | {step.actor.label} | {', '.join(step.requires)} | {step.standard_label} | {step.output_name} |"
        for step in STEPS
    ]


def test_the_readme_holds_the_sop_table():
    lines = (Path(settings.BASE_DIR) / "README.md").read_text().splitlines()
    start = lines.index(HEAD[0])
    assert lines[start : start + len(STEPS) + len(HEAD)] == sop_markdown_table()
