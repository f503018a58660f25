"""An indicator that is not SMART, and the chair who decides on it, in the small office of `characters`."""

from measurement.models import Indicator, MeasurementCycle, Person
from tests.support.characters import Office, cycle_at
from tests.support.opening import chair_of
from tests.support.pages import logged_in, submit
from tests.support.step_pages import address, typed

WHY = "Jenis laporan belum dirinci."
REASON = "Daftar pada Renja dipakai sebagai batasan."


def with_a_vague_indicator(office: Office, **more) -> Indicator:
    """The first indicator is judged not to be specific."""
    vague = office.indicators[0]
    Indicator.objects.filter(pk=vague.pk).update(smart_specific=False, smart_reason=WHY, **more)
    return Indicator.objects.get(pk=vague.pk)


def at_the_gate(office: Office, **more) -> tuple[MeasurementCycle, Indicator, Person]:
    """A cycle at step 4 with everything written down but the decision; the indicator; the chair."""
    vague, chair = with_a_vague_indicator(office, **more), chair_of(office.unit)
    cycle = cycle_at(office, "prepare_method")
    submit(logged_in(office.tim), address(cycle), **typed(office, cycle))
    return cycle, vague, chair


def said(indicator: Indicator, verdict: str = "diterima", reason: str = REASON, day: str = "") -> dict:
    """What the chair types."""
    prefix = f"smart-{indicator.pk}"
    return {f"{prefix}-verdict": verdict, f"{prefix}-reason": reason, f"{prefix}-revise_by": day}
