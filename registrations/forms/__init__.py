from registrations.forms.lists import BoardForm, RegistrationFilterForm, ReportFilterForm
from registrations.forms.registration import DraftForm
from registrations.forms.report import JudgeForm, ReportForm
from registrations.forms.sending import SendForm

__all__ = [
    "BoardForm",
    "DraftForm",
    "JudgeForm",
    "RegistrationFilterForm",
    "ReportFilterForm",
    "ReportForm",
    "SendForm",
]
