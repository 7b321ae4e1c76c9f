"""What is held of nominees, of people on Giấy khen decisions, and of who comments on a posted list."""

from django.db.models import Q

from awards.enums import NomineeState
from awards.models import (
    AchievementReport,
    Comment,
    DossierSubmission,
    Nominee,
    NomineeInitiative,
    RecordedAward,
)
from core.models import Event
from core.personal import HIDDEN, Holding, Outcome, erase_payloads, hold
from core.vietnamese import search_key, sort_key

_IDENTITY = {"identity_ciphertext": None, "identity_key": "", "identity_index": ""}
_NOT_AWARDED = [state for state in NomineeState.values if state not in ("approved", "awarded")]
#: what a submission said of a nominee that tells who it was; kind, sex, unit and numbers stay
_TELLING = {
    "name": HIDDEN, "birth_date": None, "position": "", "tax_number": "", "achievement": "", "report": None,
    "initiatives": [],
}  # fmt: skip


def _out_of_submissions(nominees, telling) -> None:
    by_dossier = {}
    for uid, dossier in nominees.values_list("uid", "dossier"):
        by_dossier.setdefault(dossier, set()).add(str(uid))
    for submission in DossierSubmission.objects.filter(dossier__in=by_dossier).iterator():
        content, named = submission.snapshot, by_dossier[submission.dossier_id]
        content["nominees"] = [n | telling if n["uid"] in named else n for n in content["nominees"]]
        DossierSubmission.objects.filter(pk=submission.pk).update(snapshot=content)


def _forget(nominees) -> None:
    """Who was not awarded: the words written about them go, the outcome stays."""
    _out_of_submissions(nominees, _TELLING)
    AchievementReport.objects.filter(nominee__in=nominees).delete()
    NomineeInitiative.objects.filter(nominee__in=nominees).delete()
    events = Event.objects.filter(object_uid__in=nominees.values("uid"))
    erase_payloads(events, reason="Hết thời hạn lưu của đối tượng không được khen thưởng.")
    nominees.exclude(appraisal_reason="").update(appraisal_reason=HIDDEN)
    nominees.exclude(judgement_reason="").update(judgement_reason=HIDDEN)
    nominees.exclude(hold_reason="").update(hold_reason=HIDDEN)


def _forget_birth(nominees) -> None:
    _out_of_submissions(nominees, {"birth_date": None})


hold(
    Holding(
        "awards.nominee",
        "Đối tượng không được khen thưởng",
        Nominee,
        "Xét khen thưởng; tìm trùng giữa các hồ sơ.",
        {
            "name": HIDDEN,
            "search_name": search_key(HIDDEN),
            "sort_name": sort_key(HIDDEN),
            "birth_date": None,
            "position": "",
            "achievement": "",
            **_IDENTITY,
        },
        (
            Outcome(
                "not_awarded",
                "không được khen thưởng",
                # A unit's own name is no person's.
                lambda day: Q(
                    state__in=_NOT_AWARDED,
                    is_the_unit=False,
                    dossier__campaign__last_year__lt=day.year,
                ),
            ),
        ),
        of=lambda subject: Q(identity_index__in=subject.indexes) if subject.number else None,
        mark="name",
        erase=_forget,
        also=("dossier", "unit", "state", "sex"),
    )
)
hold(
    Holding(
        "awards.awarded",
        "Ngày sinh, số định danh của người được khen thưởng",
        Nominee,
        "Không nhầm người trùng tên; tìm khen thưởng trước đó.",
        {"birth_date": None, **_IDENTITY},
        (
            Outcome(
                "awarded",
                "được khen thưởng",
                lambda day: (
                    Q(state=NomineeState.AWARDED, decision__signed_on__lt=day)
                    & (Q(birth_date__isnull=False) | ~Q(identity_index=""))
                ),
            ),
        ),
        erase=_forget_birth,
    )
)
hold(
    Holding(
        "awards.recorded",
        "Người được tặng Giấy khen đơn vị đã ghi",
        RecordedAward,
        "Biết thành tích đã khen trong cùng thời gian.",
        {"birth_date": None, **_IDENTITY},
        (
            Outcome(
                "recorded",
                "đã ghi nhận",
                lambda day: (
                    Q(decision__signed_on__lt=day) & (Q(birth_date__isnull=False) | ~Q(identity_index=""))
                ),
            ),
        ),
        of=lambda subject: Q(identity_index__in=subject.indexes) if subject.number else None,
        also=("name", "position", "decision"),
    )
)
hold(
    Holding(
        "awards.comment",
        "Người góp ý về danh sách lấy ý kiến",
        Comment,
        "Trả lời người góp ý; làm rõ điều được phản ánh.",
        {"author": HIDDEN, "contact": "", "text": HIDDEN, "answer": HIDDEN},
        (Outcome("settled", "đợt lấy ý kiến đã hết", lambda day: Q(posting__last_day__lt=day)),),
        of=lambda subject: Q(contact__iexact=subject.user.email) if subject.user else None,
        mark="author",
        also=("reference", "received_at"),
    )
)
