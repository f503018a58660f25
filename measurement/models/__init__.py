"""Where everything is kept; each model is imported from here."""

from .cycle import QUARTER_SHORT, QUARTERS, MeasurementCycle, Meeting, ReferenceDocument, ScheduledStep
from .files import StoredFile
from .history import AuditEntry, Stay
from .organisation import Appointment, Holiday, Person, Unit, WorkSpan
from .papers import ArchivePackage, NumberCounter, Paper, PaperFile, PaperSetting, RetentionClass, VoidNumber
from .plan import Indicator, IndicatorDefinition, Level, Pagu, Plan, PlanNode, Target
from .planning_documents import DocumentLine, PlanningDocument
from .revisions import PlanApproval, Revision
from .scales import PredicateLevel, PredicateScale
from .signing import PaperSignature, PaperSigner, SigningAttempt, SigningKey, SigningMethod
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
    "PaperSetting",
    "PaperSignature",
    "PaperSigner",
    "Person",
    "Plan",
    "PlanApproval",
    "PlanNode",
    "PlanningDocument",
    "PredicateLevel",
    "PredicateScale",
    "ReferenceDocument",
    "RetentionClass",
    "Revision",
    "RoundSnapshot",
    "ScheduledStep",
    "SigningAttempt",
    "SigningKey",
    "SigningMethod",
    "Stay",
    "StoredFile",
    "Target",
    "Unit",
    "VoidNumber",
    "WorkSpan",
    "WorksheetNode",
    "WorksheetRow",
]
