"""Step 4: the six reference documents and the definitions of all indicators."""

from itertools import groupby

from django.db.models import F

from measurement import files
from measurement.forms.texts import posted_text
from measurement.models import (
    Indicator,
    IndicatorDefinition,
    IndicatorToMeasure,
    Level,
    MeasurementCycle,
    Person,
    PlanNode,
    ReferenceDocument,
)
from measurement.record.opening import missing_opening
from measurement.rules.numbers import parse_key
from measurement.rules.office_rules import rules_words
from measurement.rules.opening import missing_words
from measurement.rules.periods import Frequency
from measurement.rules.requirements import definition_gaps
from measurement.rules.schedules import schedule_words
from measurement.rules.sop import PREPARE_METHOD, REFERENCE_DOCUMENTS

from ..visitor import PersonRequest
from .smart_gate import button_label, keep_decisions, smart_context

OPEN_AT_MOST = 12  # indicators that lack something: more of them stay folded


def methodology_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    """The documents with what there is of each, and the indicators, those with gaps first."""
    cycle.load_references()
    present = {document.kind: document for document in cycle.reference_documents.all()}
    lines = {i.pk: _indicator_line(i, cycle.period_of_year.frequency) for i in cycle.indicators_to_measure}
    incomplete = sum(bool(line["gaps"]) for line in lines.values())
    documents = [
        _document_line(kind, label, present.get(kind), request.POST)
        for kind, label in REFERENCE_DOCUMENTS.items()
    ]
    return {
        "documents": documents,
        "settled": sum(document["settled"] for document in documents),
        "sections": definition_sections(cycle, lines, opens=incomplete <= OPEN_AT_MOST),
        "incomplete": incomplete,
        "buttons": {PREPARE_METHOD.key: button_label(cycle, cycle.sop.action_label(PREPARE_METHOD.key))},
        "smart": smart_context(request, cycle),
        "opening_gap": missing_words(missing_opening(cycle), cycle.period_of_year.frequency),
        "rules": rules_words(cycle.rules),
        "left_behind": left_behind(cycle),
        "smart_labels": list(IndicatorDefinition.SMART.values()),
    }


def definition_sections(cycle: MeasurementCycle, lines: dict[int, dict], opens: bool) -> list[dict]:
    """The indicators by sasaran and program, in pieces to fold: what lacks something apart from what is whole."""

    def top(indicator: IndicatorToMeasure) -> PlanNode:
        node = indicator.node
        while node.level not in (Level.SASARAN, Level.PROGRAM) and node.parent:
            node = node.parent
        return node

    return [
        _section(node, [lines[indicator.pk] for indicator in inside], opens)
        for node, inside in groupby(cycle.indicators_to_measure, key=top)
    ]


def _section(node: PlanNode, lines: list[dict], opens: bool) -> dict:
    lacking = [line for line in lines if line["gaps"]]
    words = [f"{len(lines)} indikator", f"{len(lacking)} belum lengkap" if lacking else ""]
    return {
        "code": node.code,
        "name": node.read_title,
        "words": " · ".join(filter(None, words)),
        "is_open": bool(lacking and opens),
        "lacking": lacking,
        "whole": [line for line in lines if not line["gaps"]],
    }


def left_behind(cycle: MeasurementCycle) -> list[Person]:
    """The people whom this step waits for although they no longer serve."""
    return sorted({i.owner for i in cycle.indicators_to_measure if i.owner and not i.owner_serves}, key=str)


def _document_line(kind: str, label: str, document: ReferenceDocument | None, posted) -> dict:
    explanation = posted.get(f"explanation-{kind}", document.explanation if document else "")
    return {
        "kind": kind,
        "label": label,
        "name": document.name if document and document.file_id else "",
        "explanation": explanation,
        "settled": bool(document and document.is_settled),
    }


def _indicator_line(indicator: IndicatorToMeasure, frequency: Frequency) -> dict:
    gaps = definition_gaps(indicator) + (
        [] if indicator.owner_serves else ["penanggung jawab yang masih bertugas"]
    )
    return {
        "key": str(indicator.pk),
        "pk": indicator.pk,
        "code": indicator.node.place,
        "name": indicator.name,
        "method": indicator.get_method_display(),
        "accumulation": indicator.get_accumulation_display(),
        "schedule": schedule_words(indicator.schedule, frequency),
        "owner": indicator.owner or "–",
        "gaps": gaps,
        "unjudged": None in indicator.smart_answers and not indicator.smart_lacks,
    }


def save_references(request: PersonRequest, cycle: MeasurementCycle) -> None:
    """Keep uploads, explanations and the chair's decisions; mark the ticked indicators as SMART if that was the button. BadFile for a bad upload."""
    for kind in REFERENCE_DOCUMENTS:
        _keep_document(request, cycle, kind)
    keep_decisions(request, cycle)
    if request.POST.get("action") == "smart":
        # what was judged to lack something is judged anew on its own page only: here it would become SMART without a word
        ticked = {parse_key(pk) for pk in request.POST.getlist("indicator")}
        unjudged = [i.pk for i in cycle.indicators_to_measure if i.pk in ticked and not i.smart_lacks]
        Indicator.objects.filter(pk__in=unjudged).update(
            **dict.fromkeys(IndicatorDefinition.SMART, True), smart_reason="", version=F("version") + 1
        )


def _keep_document(request: PersonRequest, cycle: MeasurementCycle, kind: str) -> None:
    upload, explanation = request.FILES.get(f"file-{kind}"), posted_text(request.POST, f"explanation-{kind}")
    values: dict[str, object] = {"explanation": explanation}
    if upload:
        values |= {"file": files.store_upload(cycle.unit, upload), "name": files.clean_name(upload.name)}
    if upload or explanation or cycle.reference_documents.filter(kind=kind).exists():
        ReferenceDocument.objects.update_or_create(cycle=cycle, kind=kind, defaults=values)
