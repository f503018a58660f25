"""Where everything is kept; each model is imported from here."""

from . import text_lookups  # noqa: F401 – it teaches text columns the lookup `says`
from .api_tokens import ApiToken, token_digest
from .appointments import Appointment
from .columns import column_label, column_length
from .corrections import CorrectionEffect
from .cycle import IndicatorToMeasure, MeasurementCycle, newest_archived
from .evidence import Evidence
from .files import StoredFile
from .follow_ups import FollowUp, FollowUpNote, answered_for_by
from .form_drafts import FormDraft, SentForm
from .government_standards import GovernmentStandard, StandardPart
from .governments import Government, GovernmentPost
from .handovers import Handover
from .history import AuditEntry, Stay
from .job_runs import JobRun
from .long_work import LongWork
from .messages import Message
from .money_files import MoneyFile
from .nomenclature import NomenclatureItem
from .opening import OpeningFigure, OpeningSet
from .order_schedules import OrderSchedule
from .organisation import Accent, SubUnit, Unit, default_hosts
from .oversight import OversightEntry, OversightNote
from .papers import (
    ArchivePackage,
    ListedPaper,
    NumberCounter,
    Paper,
    PaperFile,
    PaperSetting,
    ReportedCycle,
    SignedPaper,
    VoidNumber,
    with_reports,
)
from .people import Person
from .plan import Indicator, IndicatorDefinition, Level, Pagu, Plan, PlanNode
from .planning_documents import DocumentLine, PlanningDocument
from .preparations import Meeting, ReferenceDocument, ScheduledStep
from .prepared import Prepared
from .report_receipts import ReportReceipt
from .requests import Extension, Withdrawal
from .retention import RetentionClass
from .revisions import PlanApproval, Revision
from .round_records import Directive, RoundSnapshot
from .row_remarks import RowRemark
from .scales import PredicateLevel, PredicateScale
from .setting_changes import SettingChange
from .setup_codes import SetupCode
from .signing import PaperSignature, PaperSigner, SigningAttempt, SigningKey, SigningMethod
from .smart_decisions import SmartDecision
from .sop_editions import SopEdition
from .targets import Target, period_fields, target_label, target_labels
from .webhooks import WebhookDelivery, WebhookSubscription
from .working_time import Holiday, WorkPattern, WorkSpan
from .worksheet import WorksheetRow
from .worksheet_nodes import WorksheetNode

__all__ = [
    "column_label",
    "column_length",
    "token_digest",
    "with_reports",
    "Accent",
    "ApiToken",
    "Appointment",
    "ArchivePackage",
    "AuditEntry",
    "CorrectionEffect",
    "Directive",
    "DocumentLine",
    "Evidence",
    "FollowUp",
    "FollowUpNote",
    "Extension",
    "FormDraft",
    "Government",
    "GovernmentPost",
    "GovernmentStandard",
    "Handover",
    "Holiday",
    "Indicator",
    "IndicatorDefinition",
    "IndicatorToMeasure",
    "Level",
    "JobRun",
    "ListedPaper",
    "LongWork",
    "MeasurementCycle",
    "Meeting",
    "Message",
    "MoneyFile",
    "NomenclatureItem",
    "NumberCounter",
    "OpeningFigure",
    "OpeningSet",
    "OrderSchedule",
    "OversightEntry",
    "OversightNote",
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
    "Prepared",
    "ReferenceDocument",
    "ReportReceipt",
    "ReportedCycle",
    "RetentionClass",
    "Revision",
    "RoundSnapshot",
    "RowRemark",
    "ScheduledStep",
    "SettingChange",
    "SentForm",
    "SetupCode",
    "SignedPaper",
    "SigningAttempt",
    "SigningKey",
    "SigningMethod",
    "SmartDecision",
    "SopEdition",
    "StandardPart",
    "Stay",
    "StoredFile",
    "SubUnit",
    "Target",
    "Unit",
    "VoidNumber",
    "Withdrawal",
    "WebhookDelivery",
    "WebhookSubscription",
    "WorkPattern",
    "WorkSpan",
    "WorksheetNode",
    "WorksheetRow",
    "answered_for_by",
    "default_hosts",
    "newest_archived",
    "period_fields",
    "target_label",
    "target_labels",
]
