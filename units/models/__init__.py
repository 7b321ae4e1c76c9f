from units.models.bloc import BlocHead, BlocMembership, EmulationBloc
from units.models.conflict import ConflictPeriod
from units.models.house import CitedAnyway, LegalBasis, Letterhead, RecipientList, Signer
from units.models.invitation import Invitation
from units.models.membership import Membership
from units.models.request import AccountRequest
from units.models.succession import Reorganisation, UnitSuccession
from units.models.token import ApiToken
from units.models.unit import Unit, UnitFunction
from units.models.user import User

__all__ = [
    "AccountRequest",
    "ApiToken",
    "BlocHead",
    "BlocMembership",
    "CitedAnyway",
    "ConflictPeriod",
    "EmulationBloc",
    "Invitation",
    "LegalBasis",
    "Letterhead",
    "Membership",
    "RecipientList",
    "Reorganisation",
    "Signer",
    "Unit",
    "UnitFunction",
    "UnitSuccession",
    "User",
]
