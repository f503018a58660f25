"""How an indicator takes its realisasi from others, so that one figure is typed once."""

from enum import StrEnum


class FollowRule(StrEnum):
    """What a following indicator makes of those that it follows; none (a blank) is typed for itself."""

    SAME = "sama"
    SUM = "jumlah"
    MEAN = "rata_rata"


FOLLOW_LABELS: dict[str, str] = {
    FollowRule.SAME: "sama dengan",
    FollowRule.SUM: "jumlah dari",
    FollowRule.MEAN: "rata-rata dari",
}
FOLLOW_CHOICES = [(rule.value, FOLLOW_LABELS[rule].capitalize()) for rule in FollowRule]
