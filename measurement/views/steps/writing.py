"""What one needs to know while writing notes, conclusion and suggestions: figures beside the fields, and a first sentence to change."""

from measurement.figures.calculation import Sheet
from measurement.figures.findings import MOST_SHOWN, Findings, finding_facts, first_sentences, recap_findings
from measurement.models import MeasurementCycle

PROPOSED = "Kalimat ini diusulkan dari angka rekap; ubah seperlunya. Ia disimpan sebagaimana tampil."


def beside(sheet: Sheet) -> dict:
    """The figures and the weakest indicators with what their owners promised."""
    found = recap_findings(sheet)
    return {
        "facts": finding_facts(found),
        "short": [vars(short) for short in found.distinct[:MOST_SHOWN]],
        "more": max(0, len(found.distinct) - MOST_SHOWN),
        "found": found,
    }


def propose(form, cycle: MeasurementCycle, found: Findings) -> None:
    """Fill the fields that are still empty with a first sentence, and say that it is a proposal."""
    for name, sentence in first_sentences(found).items():
        if name in form.fields and not getattr(cycle, name).strip():
            form.initial[name] = sentence
            form.fields[name].help_text = PROPOSED
