"""Step 4: the six reference documents and the definitions of all indicators."""

from django.db.models import F

from measurement import files
from measurement.forms.texts import posted_text
from measurement.models import (
    Indicator,
    IndicatorDefinition,
    IndicatorToMeasure,
    MeasurementCycle,
    Person,
    ReferenceDocument,
)
from measurement.record.opening import missing_opening
from measurement.rules.numbers import parse_key
from measurement.rules.office_rules import rules_words
from measurement.rules.opening import missing_words
from measurement.rules.periods import Frequency
from measurement.rules.requirements import definition_gaps
from measurement.rules.schedules import schedule_words
from measurement.rules.sop import REFERENCE_DOCUMENTS

from ..visitor import PersonRequest


def methodology_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    """The documents with what there is of each, and the indicators, those with gaps first."""
    present = {document.kind: document for document in cycle.reference_documents.all()}
    indicators = [
        _indicator_line(indicator, cycle.period_of_year.frequency)
        for indicator in cycle.indicators_to_measure
    ]
    return {
        "documents": [
            _document_line(kind, label, present.get(kind), request.POST)
            for kind, label in REFERENCE_DOCUMENTS.items()
        ],
        "indicators": sorted(indicators, key=lambda line: not line["gaps"]),
        "incomplete": sum(bool(line["gaps"]) for line in indicators),
        "opening_gap": missing_words(missing_opening(cycle), cycle.period_of_year.frequency),
        "rules": rules_words(cycle.rules),
        "left_behind": left_behind(cycle),
        "smart_labels": list(IndicatorDefinition.SMART.values()),
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
    }


def save_references(request: PersonRequest, cycle: MeasurementCycle) -> None:
    """Keep uploads and explanations; mark the ticked indicators as SMART if that was the button. BadFile for a bad upload."""
    for kind in REFERENCE_DOCUMENTS:
        _keep_document(request, cycle, kind)
    if request.POST.get("action") == "smart":
        ticked = [parse_key(pk) for pk in request.POST.getlist("indicator")]
        own = Indicator.objects.filter(pk__in=ticked, node__plan=cycle.plan)
        own.update(
            **dict.fromkeys(IndicatorDefinition.SMART, True), smart_reason="", version=F("version") + 1
        )


def _keep_document(request: PersonRequest, cycle: MeasurementCycle, kind: str) -> None:
    upload, explanation = request.FILES.get(f"file-{kind}"), posted_text(request.POST, f"explanation-{kind}")
    values: dict[str, object] = {"explanation": explanation}
    if upload:
        values |= {"file": files.store_upload(cycle.unit, upload), "name": files.clean_name(upload.name)}
    if upload or explanation or cycle.reference_documents.filter(kind=kind).exists():
        ReferenceDocument.objects.update_or_create(cycle=cycle, kind=kind, defaults=values)
