from registrations.forms.campaign import CampaignForm, NewPeriodForm, PeriodForm, ReasonForm, priority_fields
from registrations.forms.holiday import HolidayForm, YearForm
from registrations.forms.lists import BoardForm, RegistrationFilterForm, ReportFilterForm
from registrations.forms.obligation import AddObligationForm, ExtendForm, ObligationFilterForm
from registrations.forms.registration import DraftForm
from registrations.forms.report import JudgeForm, ReportForm
from registrations.forms.sending import SendForm

__all__ = [
    "AddObligationForm",
    "BoardForm",
    "CampaignForm",
    "DraftForm",
    "ExtendForm",
    "HolidayForm",
    "JudgeForm",
    "NewPeriodForm",
    "ObligationFilterForm",
    "PeriodForm",
    "ReasonForm",
    "RegistrationFilterForm",
    "ReportFilterForm",
    "ReportForm",
    "SendForm",
    "YearForm",
    "priority_fields",
]
