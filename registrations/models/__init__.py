from registrations.models.approval import ApprovalSetting, HeadApproval
from registrations.models.campaign import Campaign, Period, PriorityField
from registrations.models.obligation import Obligation
from registrations.models.registration import (
    Registration,
    RegistrationAttachment,
    RegistrationDraft,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
)
from registrations.models.reminder import Reminder, ReminderRule
from registrations.models.report import Evaluation, Figure, FigureEvidence, Report

__all__ = [
    "ApprovalSetting",
    "Campaign",
    "Evaluation",
    "Figure",
    "FigureEvidence",
    "HeadApproval",
    "Obligation",
    "Period",
    "PriorityField",
    "Registration",
    "RegistrationAttachment",
    "RegistrationDraft",
    "RegistrationTarget",
    "RegistrationTask",
    "RegistrationVersion",
    "Reminder",
    "ReminderRule",
    "Report",
]
