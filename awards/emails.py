"""One function per message. Until publication a unit reads the stage of its dossier, no verdict."""

from django.conf import settings
from django.urls import reverse

from awards.enums import NomineeState
from core import outbox
from core.templatetags.vn import gio_giay_ngay, ngay
from registrations.emails import filers_of
from units.enums import Function, Role
from units.lineage import people_at_each, people_with
from units.models import User

SIGNATURE = "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"


def _tell(users, *, key, subject, body, case, unit=None):
    for user in users:
        outbox.queue(**_letter(user, key=key, subject=subject, body=body, case=case, unit=unit))


def _letter(user, *, key, subject, body, case, unit=None) -> dict:
    return {
        "key": f"{key}-{user.uid}",
        "to": user,
        "subject": subject,
        "body": f"Kính gửi {user.full_name},\n\n{body}\n\n{SIGNATURE}",
        "case_uid": case.uid,
        "unit_uid": unit.uid if unit else None,
    }


def _people_of(function, *roles):
    return User.objects.filter(pk__in=people_with(function, *roles), is_active=True)


def _link(obj) -> str:
    return f"{settings.SITE_URL}{obj.get_absolute_url()}"


def dossier_submitted(submission):
    dossier = submission.dossier
    _tell(
        filers_of(dossier.unit),
        key=f"dossier-submitted-{submission.uid}",
        subject=f"Biên nhận {dossier.reference}: đã nhận hồ sơ khen thưởng",
        body=(
            f"Cổng đã nhận hồ sơ khen thưởng của {dossier.unit.name}.\n"
            f"Số tiếp nhận: {dossier.reference}, lần nộp thứ {submission.number}.\n"
            f"Thời điểm nhận: {gio_giay_ngay(submission.submitted_at)}.\n"
            f"{_appointment(submission)}"
            f"Mã băm SHA-256 của nội dung: {submission.sha256}.\nXem hồ sơ: {_link(dossier)}"
        ),
        case=dossier,
        unit=dossier.unit,
    )


def _appointment(submission) -> str:
    if submission.appointment_on is None:
        return ""
    return f"Hẹn trả kết quả thẩm định: ngày {ngay(submission.appointment_on)}.\n"


def supplement_requested(dossier, comment, at):
    _tell(
        filers_of(dossier.unit),
        key=f"dossier-supplement-{dossier.uid}-{at.isoformat()}",
        subject=f"{dossier.reference}: cần bổ sung hồ sơ khen thưởng",
        body=(
            f"Cơ quan thẩm định yêu cầu bổ sung hồ sơ của {dossier.unit.name}:\n\n{comment}\n\n"
            f"Hãy bổ sung và nộp lại đến hết ngày {ngay(dossier.supplement_due)}.\nMở hồ sơ: {_link(dossier)}"
        ),
        case=dossier,
        unit=dossier.unit,
    )


def printed_once(dossier):
    """Two bodies put the same one forward: each is told that the list has one line, and no verdict."""
    twice = dossier.nominees.filter(duplicate_of__isnull=False, state=NomineeState.DUPLICATE)
    for nominee in twice.select_related("duplicate_of__dossier__unit"):
        kept = nominee.duplicate_of.dossier
        if kept.unit_id == dossier.unit_id:
            continue
        for case, other in ((dossier, kept), (kept, dossier)):
            _tell(
                filers_of(case.unit),
                key=f"printed-once-{nominee.uid}-{case.uid}",
                subject=f"{case.reference}: một đối tượng được hai đơn vị đề nghị",
                body=(
                    f"{nominee.name} được cả {case.unit.name} và {other.unit.name} đề nghị khen thưởng. "
                    f"Danh sách chỉ in một dòng, theo đề nghị của {kept.unit.name}. "
                    f"Đây chưa phải là kết quả xét.\nXem hồ sơ: {_link(case)}"
                ),
                case=case,
                unit=case.unit,
            )


def dossier_rejected(dossier, comment, at):
    _tell(
        filers_of(dossier.unit),
        key=f"dossier-rejected-{dossier.uid}-{at.isoformat()}",
        subject=f"{dossier.reference}: không tiếp nhận hồ sơ khen thưởng",
        body=(
            f"Cơ quan thẩm định không tiếp nhận hồ sơ của {dossier.unit.name}, căn cứ và lý do:\n\n"
            f"{comment}\n\nXem hồ sơ: {_link(dossier)}"
        ),
        case=dossier,
        unit=dossier.unit,
    )


def designated(named):
    """Tell someone of a third unit what a lead has named him for, and why."""
    case = named.dossier or named.proposal
    _tell(
        [named.person],
        key=f"designated-{named.uid}",
        subject=f"Bạn được chỉ định: {named.get_act_display().lower()}",
        body=(
            f"{named.designated_by.full_name} chỉ định bạn: {named.get_act_display().lower()}.\n"
            f"Lý do: {named.reason}\n\nMở: {_link(case)}"
        ),
        case=case,
    )


def feedback_released(dossier, keys):
    """The outcome is public now, so the unit may read why some were not taken."""
    _tell(
        filers_of(dossier.unit),
        key=f"feedback-{dossier.uid}-{min(keys)}",
        subject=f"{dossier.reference}: góp ý về đối tượng không được đề nghị khen thưởng",
        body=(
            "Kết quả xét khen thưởng đã được công bố. Cơ quan thẩm định có góp ý về những đối tượng của "
            f"{dossier.unit.name} không được đề nghị; xem ở từng đối tượng trong hồ sơ.\n"
            f"Mở hồ sơ: {_link(dossier)}"
        ),
        case=dossier,
        unit=dossier.unit,
    )


def comment_received(comment):
    proposal = comment.posting.proposal
    _tell(
        _people_of(Function.STANDING_BODY, Role.REVIEWER, Role.LEAD),
        key=f"comment-{comment.uid}",
        subject=f"{comment.reference}: có góp ý về danh sách đang lấy ý kiến",
        body=(
            f"Cổng vừa nhận góp ý {comment.reference} về danh sách của Tờ trình {proposal.reference}. "
            "Mỗi góp ý phải được trả lời trước khi chốt danh sách.\n"
            f"Mở góp ý: {settings.SITE_URL}{reverse('awards:comments', args=[proposal.uid])}"
        ),
        case=proposal,
    )


def proposal_forwarded(proposal):
    _tell(
        _people_of(Function.COMMENDATION_BODY, Role.REVIEWER, Role.LEAD),
        key=f"proposal-forwarded-{proposal.request_key}",
        subject=f"Tờ trình {proposal.number} đã chuyển đến",
        body=(
            f"Cơ quan thường trực chuyển Tờ trình {proposal.number} ngày {ngay(proposal.signed_on)}: "
            f"{proposal.title}.\nMở Tờ trình: {_link(proposal)}"
        ),
        case=proposal,
    )


def proposal_returned(proposal, comment, at, dossiers=()):
    lines = "\n".join(f"- {dossier.reference}, {dossier.unit.name}" for dossier in dossiers)
    again = f"Những hồ sơ sau trở lại bàn thẩm định:\n{lines}\n\n" if dossiers else ""
    _tell(
        _people_of(Function.STANDING_BODY, Role.REVIEWER, Role.LEAD),
        key=f"proposal-returned-{proposal.uid}-{at.isoformat()}",
        subject=f"Tờ trình {proposal.reference} được trả lại",
        body=(
            f"Cơ quan thi đua - khen thưởng trả lại Tờ trình {proposal.title} với ý kiến:\n\n{comment}\n\n"
            f"{again}Mở Tờ trình: {_link(proposal)}"
        ),
        case=proposal,
    )


def decision_published(decision, units):
    """Tell each unit whose nominees have an outcome now; the embargo has just been lifted."""
    people = people_at_each([unit.pk for unit in units], Role.FILER)
    users = User.objects.filter(pk__in=set().union(*people.values()), is_active=True).in_bulk()
    body = (
        f"Quyết định số {decision.number} ngày {ngay(decision.signed_on)} đã được công bố:\n"
        f"{decision.title}.\n\nXem danh sách: {settings.SITE_URL}/quyet-dinh/{decision.uid}/\n"
        "Kết quả của từng đối tượng do đơn vị đề nghị, kể cả đối tượng không được khen thưởng và "
        f"lý do, nằm trong hồ sơ của đơn vị: {settings.SITE_URL}/ho-so/"
    )
    outbox.queue_all(
        _letter(
            users[person],
            key=f"decision-published-{decision.uid}-{unit.uid}",
            subject=f"Đã công bố Quyết định số {decision.number}",
            body=body,
            case=decision,
            unit=unit,
        )
        for unit in units
        for person in sorted(people[unit.pk, Role.FILER] & users.keys())
    )


def award_corrected(award, correction):
    unit = award.nominee.dossier.unit
    changes = "\n".join(
        f"- {change['label']}: “{change['printed']}” đính chính thành “{change['corrected']}”"
        for change in correction.changes
    )
    _tell(
        filers_of(unit),
        key=f"award-corrected-{correction.uid}",
        subject=f"{award.reference}: đã đính chính khen thưởng",
        body=(
            f"Khen thưởng của {award.printed_name} được đính chính theo văn bản số {correction.act_number} "
            f"ngày {ngay(correction.act_on)}:\n{changes}\n\nXem: {_link(award)}"
        ),
        case=award,
        unit=unit,
    )


def revocation_proposed(award, revocation):
    _tell(
        _people_of(Function.COMMENDATION_BODY, Role.REVIEWER, Role.LEAD),
        key=f"revocation-proposed-{revocation.uid}",
        subject=f"{award.reference}: đề nghị hủy bỏ khen thưởng",
        body=(
            f"Có đề nghị hủy bỏ khen thưởng của {award.printed_name} "
            f"(Quyết định số {award.decision.number}).\nXem xét: {_link(award)}"
        ),
        case=award,
    )


def revocation_dismissed(award, comment, at):
    unit = award.nominee.dossier.unit
    _tell(
        filers_of(unit),
        key=f"revocation-dismissed-{award.uid}-{at.isoformat()}",
        subject=f"{award.reference}: không hủy bỏ khen thưởng",
        body=(
            f"Khen thưởng của {award.printed_name} không bị hủy bỏ. Ý kiến:\n\n{comment}\n\n"
            f"Xem: {_link(award)}"
        ),
        case=award,
        unit=unit,
    )


def award_revoked(award, revocation):
    unit = award.nominee.dossier.unit
    due = f" đến hết ngày {ngay(revocation.items_due)}" if revocation.items_due else ""
    _tell(
        filers_of(unit),
        key=f"award-revoked-{revocation.uid}",
        subject=f"{award.reference}: đã hủy bỏ khen thưởng",
        body=(
            f"Khen thưởng của {award.printed_name} bị hủy bỏ theo văn bản số {revocation.act_number} "
            f"ngày {ngay(revocation.act_on)}.\nLý do công khai: {revocation.public_reason}\n\n"
            f"Hãy nộp lại hiện vật khen thưởng và tiền thưởng{due}.\nXem: {_link(award)}"
        ),
        case=award,
        unit=unit,
    )
