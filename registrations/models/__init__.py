from registrations.models.campaign import Campaign, Period, PriorityField
from registrations.models.obligation import Obligation
from registrations.models.registration import (
    Registration,
    RegistrationAttachment,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
)
from registrations.models.reminder import Reminder, ReminderRule
from registrations.models.report import Evaluation, Figure, FigureEvidence, Report

__all__ = [
    "Campaign",
    "Evaluation",
    "Figure",
    "FigureEvidence",
    "Obligation",
    "Period",
    "PriorityField",
    "Registration",
    "RegistrationAttachment",
    "RegistrationTarget",
    "RegistrationTask",
    "RegistrationVersion",
    "Reminder",
    "ReminderRule",
    "Report",
]
