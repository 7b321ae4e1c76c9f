from registrations.models.approval import ApprovalSetting, HeadApproval
from registrations.models.board_act import BulkAct, BulkActRow
from registrations.models.campaign import Campaign, Period, PriorityField
from registrations.models.extension import Extension
from registrations.models.inspection import (
    Finding,
    FindingAnswer,
    FindingFile,
    Inspection,
    InspectionMember,
    InspectionPlan,
    Visit,
    findings_for,
)
from registrations.models.launch import Launch
from registrations.models.letter import LetterRow, ReminderLetter
from registrations.models.obligation import Obligation
from registrations.models.pilot import Pilot, PilotList, PilotNorm, is_pilot
from registrations.models.ranking import Adjustment, Ranking, RankingRow
from registrations.models.registration import (
    Registration,
    RegistrationAttachment,
    RegistrationDraft,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
)
from registrations.models.reminder import Reminder, ReminderPreference, ReminderRule
from registrations.models.report import (
    Evaluation,
    Figure,
    FigureEvidence,
    Initiative,
    Report,
    ReportDraft,
)
from registrations.models.verification import FigureAnswer, Judgement
from registrations.models.wording import Wording

__all__ = [
    "Adjustment",
    "ApprovalSetting",
    "BulkAct",
    "BulkActRow",
    "Campaign",
    "Evaluation",
    "Extension",
    "Figure",
    "FigureAnswer",
    "FigureEvidence",
    "Finding",
    "FindingAnswer",
    "FindingFile",
    "HeadApproval",
    "Initiative",
    "Inspection",
    "InspectionMember",
    "InspectionPlan",
    "Judgement",
    "Launch",
    "LetterRow",
    "Obligation",
    "Period",
    "Pilot",
    "PilotList",
    "PilotNorm",
    "PriorityField",
    "Ranking",
    "RankingRow",
    "Registration",
    "RegistrationAttachment",
    "RegistrationDraft",
    "RegistrationTarget",
    "RegistrationTask",
    "RegistrationVersion",
    "Reminder",
    "ReminderLetter",
    "ReminderPreference",
    "ReminderRule",
    "Report",
    "ReportDraft",
    "Visit",
    "Wording",
    "findings_for",
    "is_pilot",
]
