"""The plan's table: layouts, reading, comparing with the plan, applying it whole or not at all; and the template that is filled in.

What others need is here; `applying` is where it comes together.
"""

from .applying import Named, PlanChange, Preview, WrongPlanCell, apply, preview, read_plan_table, write_plan
from .choices import ImportChoices
from .export import plan_workbook
from .template import template_workbook
from .twins import ALL

__all__ = [
    "ALL",
    "ImportChoices",
    "PlanChange",
    "Named",
    "Preview",
    "WrongPlanCell",
    "apply",
    "plan_workbook",
    "preview",
    "read_plan_table",
    "template_workbook",
    "write_plan",
]
