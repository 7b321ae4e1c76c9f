from awards.models.achievement import AchievementReport, NomineeInitiative
from awards.models.appraisal import Batch, Designation, Feedback
from awards.models.award_act import Correction, Revocation
from awards.models.certificate import Certificate, CertificateLayout, LayoutField, Reprint
from awards.models.consultation import Consultation, ConsultationRule, Opinion
from awards.models.decision import Award, Decision, Strike
from awards.models.dossier import Dossier, DossierDocument, DossierSubmission
from awards.models.exemplar import Exemplar
from awards.models.hold import Hold
from awards.models.limit import RevocationGround, TimeLimit
from awards.models.matching import MatchResolution
from awards.models.nominee import Nominee
from awards.models.posting import Comment, PostedName, Posting, PostingRule
from awards.models.prize import Fund, FundEntry, FundYear, PrizeRule
from awards.models.proposal import Proposal
from awards.models.public import PublicCount, PublicRecord
from awards.models.recorded import RecordedAward, RecordedDecision
from awards.models.regime import (
    AwardForm,
    BaseSalary,
    DocumentRequirement,
    FormOpening,
    PositionRank,
    PrizeCoefficient,
    Quota,
    RuleSet,
)
from awards.models.supplement import SupplementItem, SupplementRequest

__all__ = [
    "AchievementReport",
    "Award",
    "AwardForm",
    "BaseSalary",
    "Batch",
    "Certificate",
    "CertificateLayout",
    "Comment",
    "Consultation",
    "ConsultationRule",
    "Correction",
    "Decision",
    "Designation",
    "DocumentRequirement",
    "Dossier",
    "DossierDocument",
    "DossierSubmission",
    "Exemplar",
    "Feedback",
    "FormOpening",
    "Fund",
    "FundEntry",
    "FundYear",
    "Hold",
    "LayoutField",
    "MatchResolution",
    "Nominee",
    "NomineeInitiative",
    "Opinion",
    "PositionRank",
    "PostedName",
    "Posting",
    "PostingRule",
    "PrizeCoefficient",
    "PrizeRule",
    "Proposal",
    "PublicCount",
    "PublicRecord",
    "Quota",
    "RecordedAward",
    "RecordedDecision",
    "Reprint",
    "Revocation",
    "RevocationGround",
    "RuleSet",
    "Strike",
    "SupplementItem",
    "SupplementRequest",
    "TimeLimit",
]
