from awards.models.decision import Award, Decision
from awards.models.dossier import Dossier, DossierDocument, DossierSubmission
from awards.models.nominee import Nominee
from awards.models.proposal import Proposal
from awards.models.public import PublicRecord
from awards.models.regime import AwardForm, BaseSalary, DocumentRequirement, PrizeCoefficient, RuleSet

__all__ = [
    "Award",
    "AwardForm",
    "BaseSalary",
    "Decision",
    "DocumentRequirement",
    "Dossier",
    "DossierDocument",
    "DossierSubmission",
    "Nominee",
    "PrizeCoefficient",
    "Proposal",
    "PublicRecord",
    "RuleSet",
]
