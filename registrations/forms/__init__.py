from registrations.forms.board import (
    BoardForm,
    BulkForm,
    DayForm,
    LedgerForm,
    LetterForm,
    NewLetterForm,
    PreferenceForm,
    RuleForm,
    SignLetterForm,
    WordingForm,
)
from registrations.forms.campaign import CampaignForm, NewPeriodForm, PeriodForm, ReasonForm, priority_fields
from registrations.forms.holiday import HolidayForm, YearForm
from registrations.forms.lists import RegistrationFilterForm, ReportFilterForm
from registrations.forms.obligation import AddObligationForm, ExtendForm, ObligationFilterForm
from registrations.forms.registration import DraftForm
from registrations.forms.report import JudgeForm, ReportForm
from registrations.forms.sending import SendForm

__all__ = [
    "AddObligationForm",
    "BoardForm",
    "BulkForm",
    "CampaignForm",
    "DayForm",
    "DraftForm",
    "ExtendForm",
    "HolidayForm",
    "JudgeForm",
    "LedgerForm",
    "LetterForm",
    "NewLetterForm",
    "NewPeriodForm",
    "ObligationFilterForm",
    "PeriodForm",
    "PreferenceForm",
    "ReasonForm",
    "RegistrationFilterForm",
    "ReportFilterForm",
    "ReportForm",
    "RuleForm",
    "SendForm",
    "SignLetterForm",
    "WordingForm",
    "YearForm",
    "priority_fields",
]
