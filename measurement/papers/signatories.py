"""Who signs a paper: whoever completed its step, or the post that the office has chosen for papers of its kind; frozen into the paper when it is issued."""

from measurement.models import MeasurementCycle, PaperSetting, Person
from measurement.record.officials import chair, post_holder, signatory
from measurement.rules.sop import Role

from .registry import KINDS, issuer_of

Signatory = PaperSetting.Signatory
# Whose papers somebody else may sign: a letter and a report are signed by whom they are from.
SIGNED_FOR = (Role.ASN, Role.TIM_SAKIP)


def may_be_chosen(kind: str) -> bool:
    """Whether an office chooses who signs papers of this kind."""
    return issuer_of(kind) in SIGNED_FOR and KINDS[kind].signed_by == ("signatory",)


def chosen_signatory(setting: PaperSetting) -> Signatory:
    """What the office decided, else the default of the kind."""
    decided = setting.signatory if may_be_chosen(setting.kind) else ""
    return Signatory(decided or KINDS[setting.kind].signatory)


def signing_block(cycle: MeasurementCycle, kind: str, setting: PaperSetting, actor: Person) -> dict:
    """The signature block. A post that nobody holds falls to the team, and where the team has nobody, to whoever completed the step."""
    who = chosen_signatory(setting)
    if who == Signatory.SECRETARY and (block := post_holder(cycle.unit, Role.SEKCAM))["person"]:
        return block
    if who == Signatory.CHAIR:
        if (block := chair(cycle.unit))["person"]:
            return block
        if issuer_of(kind) == Role.ASN and (block := post_holder(cycle.unit, Role.TIM_SAKIP))["person"]:
            return block
    return signatory(actor, cycle.unit, issuer_of(kind))
