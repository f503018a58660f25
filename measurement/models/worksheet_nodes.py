"""The frozen tree of a cycle: the plan's branches as they stood at step 4, with the money of each sub kegiatan."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from measurement.rules.reading_names import reading_name

from .amounts import is_number, money_field, weight_field
from .cycle import MeasurementCycle
from .made_at_once import MadeAtOnce
from .people import Person
from .plan import Level, PlanNode


class NodeQuerySet(models.QuerySet["WorksheetNode"]):
    def for_figures(self, *also: str) -> "NodeQuerySet":
        """With what the calculation and a recap take, and nothing else but the columns that are named."""
        return self.select_related("owner").only(*WorksheetNode.FIGURES, *also)

    def with_blank_money(self):
        """The sub kegiatan that carry money and whose realisasi nobody has entered yet; `has_blank_money` says the same about one."""
        carries = Q(pagu__gt=0) | Q(spent_before__gt=0)
        return self.filter(carries, level=Level.SUB_KEGIATAN, spent=None, stopped="")


class WorksheetNode(MadeAtOnce):
    """A frozen sasaran, program, kegiatan or sub kegiatan; a sub kegiatan carries the money, entered once by its owner.

    `name` is how the branch is printed; that of a sub unit's branch ends in the sub unit in brackets, `sub_unit` says it alone.
    """

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="nodes")
    plan_node = models.ForeignKey(PlanNode, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=20, choices=Level)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=700)
    sub_unit = models.CharField("sub unit", max_length=150, blank=True)
    position = models.PositiveIntegerField()
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="penanggung jawab"
    )
    pagu = money_field("pagu (Rp)", default=0)
    # what it had before the budget was changed; None in cycles from before that was kept
    pagu_first = money_field("pagu murni (Rp)", null=True, blank=True)
    pagu_plan = money_field("pagu seluruh tahun rencana", default=0)
    cash = models.JSONField("anggaran kas tiap triwulan", default=list)
    weight = weight_field()
    spent_before = money_field("realisasi anggaran periode lalu", default=0)
    spent_earlier = models.JSONField("realisasi anggaran tiap periode sebelumnya", default=list)
    spent_years = models.JSONField("realisasi anggaran tahun-tahun sebelumnya", default=dict)
    opening = models.JSONField("data awal", default=dict, blank=True)
    # why it takes no entry any more; what was spent before still counts
    stopped = models.CharField("dihentikan", max_length=400, blank=True)
    spent = money_field("realisasi anggaran periode ini", null=True, blank=True)
    overspend_reason = models.TextField("alasan melebihi pagu", blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    objects = NodeQuerySet.as_manager()

    # what the calculation and a recap take
    FIGURES = (
        *(
            "cycle",
            "plan_node",
            "parent",
            "level",
            "code",
            "name",
            "sub_unit",
            "position",
            "owner",
            "pagu",
            "pagu_first",
        ),
        *("cash", "weight", "spent_before", "opening", "stopped", "spent", "overspend_reason", "owner__name"),
    )

    class Meta:
        verbose_name, verbose_name_plural = "baris anggaran", "baris anggaran"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "plan_node"], name="node_frozen_once"),
            models.CheckConstraint(
                condition=is_number("spent") & (Q(spent=None) | Q(spent__gte=0)), name="spent_is_an_amount"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def place(self) -> str:
        """Its code, with its sub unit where others share the code."""
        return f"{self.code} ({self.sub_unit})" if self.sub_unit else self.code

    @property
    def read_name(self) -> str:
        """Its name as pages show it; tables of papers keep the official spelling."""
        return reading_name(self.name)

    @property
    def carries_money(self) -> bool:
        """Whether its realisasi is asked for in this cycle."""
        carries = self.pagu > 0 or bool(self.spent_before)
        return self.level == Level.SUB_KEGIATAN and carries and not self.stopped

    @property
    def cash_to_date(self) -> Decimal | None:
        """Anggaran kas up to the cycle's period; None where the office has entered none, or the period ends within a quarter."""
        if not self.cash:
            return None
        period = self.cycle.period_of_year
        amounts = self.cash[: period.quarter] if period.ends_quarter else []
        return sum(map(Decimal, amounts), Decimal(0)) if amounts and None not in amounts else None

    @property
    def has_blank_money(self) -> bool:
        return self.carries_money and self.spent is None
