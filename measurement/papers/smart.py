"""What papers say of indicators that were measured although they are not SMART: what they lack, and what the chair decided."""

from measurement.models import MeasurementCycle
from measurement.rules.dates import local_date

DECIDED = (
    "{count} indikator diukur walaupun belum memenuhi seluruh unsur SMART, dengan keputusan Ketua Tim SAKIP:"
)


def smart_decisions(cycle: MeasurementCycle) -> dict:
    """The decisions on the rows that lack something, in the order of the worksheet; nothing for cycles without any."""
    kept = {d.indicator_id: d for d in cycle.smart_decisions.select_related("decided_by")}
    rows = [row for row in cycle.rows.order_by("position") if row.smart_lacks and row.indicator_id in kept]
    lines = [_line(row.name, kept[row.indicator_id]) for row in rows]
    return {"sentence": DECIDED.format(count=len(lines)), "lines": lines} if lines else {}


def _line(name: str, decision) -> dict:
    return {
        "name": name,
        "lacks": decision.lacks_words,
        "decision": decision.words,
        "reason": decision.reason,
        "by": f"{decision.decided_by}, {decision.decided_as}, {local_date(decision.decided_at)}",
    }
