from units.forms.bloc import BlocForm, BlocHeadForm, BlocRowsForm
from units.forms.people import EndForm, GrantForm, InvitationForm
from units.forms.reorganisation import ReorganisationForm, UnitSearchForm
from units.forms.request import AccountRequestForm, ApprovalForm, CodeForm

__all__ = [
    "AccountRequestForm",
    "ApprovalForm",
    "BlocForm",
    "BlocHeadForm",
    "BlocRowsForm",
    "CodeForm",
    "EndForm",
    "GrantForm",
    "InvitationForm",
    "ReorganisationForm",
    "UnitSearchForm",
]
