"""Where everything is kept; each model is imported from here."""

from .cycle import QUARTER_SHORT, QUARTERS, MeasurementCycle, Meeting, ReferenceDocument, ScheduledStep
from .files import StoredFile
from .history import AuditEntry, Stay
from .organisation import Appointment, Holiday, Person, Unit, WorkSpan
from .papers import ArchivePackage, NumberCounter, Paper, PaperFile
from .plan import Indicator, IndicatorDefinition, Level, Pagu, Plan, PlanNode, Target
from .planning_documents import DocumentLine, PlanningDocument
from .revisions import PlanApproval, Revision
from .scales import PredicateLevel, PredicateScale
from .worksheet import Directive, Evidence, RoundSnapshot, WorksheetNode, WorksheetRow

__all__ = [
    "QUARTERS",
    "QUARTER_SHORT",
    "Appointment",
    "ArchivePackage",
    "AuditEntry",
    "Directive",
    "DocumentLine",
    "Evidence",
    "Holiday",
    "Indicator",
    "IndicatorDefinition",
    "Level",
    "MeasurementCycle",
    "Meeting",
    "NumberCounter",
    "Pagu",
    "Paper",
    "PaperFile",
    "Person",
    "Plan",
    "PlanApproval",
    "PlanNode",
    "PlanningDocument",
    "PredicateLevel",
    "PredicateScale",
    "ReferenceDocument",
    "Revision",
    "RoundSnapshot",
    "ScheduledStep",
    "Stay",
    "StoredFile",
    "Target",
    "Unit",
    "WorkSpan",
    "WorksheetNode",
    "WorksheetRow",
]
