"""Is there enough? One source for the page (beside the button) and for the workflow."""

from django.db.models import Count

from awards import checklist, duplicates
from awards.enums import (
    CommentState,
    ConsultationState,
    DesignatedAct,
    DocumentKind,
    DossierState,
    NomineeKind,
    NomineeState,
    Route,
    View,
)
from awards.models import (
    Comment,
    Dossier,
    Nominee,
    PostedName,
    PostingRule,
    Quota,
    RuleSet,
    SupplementItem,
)
from core import clock
from core.findings import Finding
from registrations import checks as registration_checks
from units import house
from units.enums import Function, Role
from units.lineage import people_with
from units.models import User

#: how many of those concerned are named one by one; the rest are counted
NAMED = 20
#: outcomes of the appraisal on which the unit may be given feedback
NOT_TAKEN = (NomineeState.NOT_RECOMMENDED, NomineeState.NOT_SELECTED, NomineeState.DUPLICATE)
#: working days; longer than this a list left open is a slip of the hand
LONGEST_POSTING = 60


def rule_set_of(dossier):
    """The rules a dossier is held to: those of its receipt, or of today while it is a draft."""
    return dossier.rule_set or RuleSet.objects.in_force_on(clock.today())


def missing_for_submitting(dossier) -> list[Finding]:
    """The checklist of the rule set against the nominees and papers of the dossier."""
    findings = []
    rule_set = rule_set_of(dossier)
    if rule_set is None:
        return [
            Finding("Chưa có bộ quy định khen thưởng áp dụng cho hôm nay. Hãy liên hệ cơ quan thường trực.")
        ]
    nominees = checklist.nominees_in(dossier)
    if not nominees.exists():
        findings.append(Finding("Chưa có đối tượng đề nghị khen thưởng.", field="nominees"))
    if not dossier.summary.strip():
        findings.append(Finding("Chưa viết tóm tắt đề nghị.", field="summary"))
    findings += checklist.missing_summaries(nominees)
    for line in checklist.lines_of(dossier, rule_set):
        findings += line.findings
    return findings + _of_form(dossier, nominees) + _of_paper(dossier) + _unanswered(dossier)


def _of_form(dossier, nominees) -> list[Finding]:
    kinds = dossier.form.nominee_kinds
    allowed = ", ".join(NomineeKind(kind).label.lower() for kind in kinds)
    words = f"{dossier.form.name} chỉ tặng cho {allowed}."
    return checklist.said_of(nominees.exclude(kind__in=kinds), words)


def _of_paper(dossier) -> list[Finding]:
    """A dossier that came on paper names its receipt and carries its scan."""
    if not dossier.is_on_paper:
        return []
    findings = []
    if not dossier.paper_number.strip():
        findings.append(Finding("Chưa ghi số văn bản đến.", field="paper_number"))
    if dossier.received_on is None:
        findings.append(Finding("Chưa ghi ngày nhận hồ sơ giấy.", field="received_on"))
    elif dossier.received_on > clock.today():
        findings.append(Finding("Ngày nhận hồ sơ giấy không thể ở tương lai.", field="received_on"))
    if not dossier.documents.filter(is_removed=False, kind=DocumentKind.PAPER).exists():
        findings.append(Finding("Chưa tải lên bản quét hồ sơ giấy.", field="documents"))
    return findings


def _unanswered(dossier) -> list[Finding]:
    """Each item of the open request has its answer."""
    items = SupplementItem.objects.filter(
        request__dossier=dossier, request__closed_at__isnull=True, answer=""
    )
    return [Finding(f"Chưa trả lời mục yêu cầu bổ sung: {item.text}", field="supplement") for item in items]


def conflict_with(user, obj) -> str:
    """Why the person may not judge a dossier or a nominee (DESIGN of conflicts: one's own unit, lately left
    ones, and their kin), in words; "" when nothing stands in the way."""
    dossier = getattr(obj, "dossier", obj)
    for concerned, field in ((dossier, "unit"), (obj, "unit"), (obj, "subject")):
        if getattr(concerned, f"{field}_id", None) in user.conflicted_units:
            return registration_checks.conflict_with(user, getattr(concerned, field))
    return ""


def closed_for(form, campaign, day) -> list[Finding]:
    """Why no dossier of the form may be begun on that day; a Giấy khen is never proposed."""
    if form.route != Route.PROPOSED:
        return [Finding(f"{form.name} do đơn vị tự quyết định; hãy ghi nhận ở mục Giấy khen.", field="form")]
    if not form.is_at_final_review or day.year == campaign.final_review_year:
        return []
    if form.openings.filter(campaign=campaign, opens_on__lte=day, closes_on__gte=day).exists():
        return []
    return [
        Finding(
            f"{form.name} xét vào năm tổng kết {campaign.final_review_year} của {campaign.name}, hoặc trong "
            "đợt mà cơ quan thường trực mở. Hôm nay chưa có đợt nào đang mở.",
            field="form",
        )
    ]


def missing_for_appraising(dossier) -> list[Finding]:
    recommended = dossier.nominees.filter(state=NomineeState.RECOMMENDED)
    return _without_verdict(dossier) + duplicates.undecided(recommended)


def _without_verdict(dossier) -> list[Finding]:
    findings = [
        Finding(f"{nominee.name}: chưa có kết luận thẩm định.", field=f"n{nominee.uid}")
        for nominee in dossier.nominees.filter(state=NomineeState.PROPOSED)[:NAMED]
    ]
    missing = dossier.nominees.filter(state=NomineeState.PROPOSED).count()
    if missing > NAMED:
        findings.append(Finding(f"Còn {missing - NAMED} đối tượng khác chưa có kết luận thẩm định."))
    return findings + _waiting_for_opinions(dossier.consultations)


def _waiting_for_opinions(consultations) -> list[Finding]:
    findings = []
    for consultation in consultations.waiting():
        said = {
            ConsultationState.DRAFT: "công văn chưa gửi, hãy gửi hoặc hủy",
            ConsultationState.SENT: "chưa hết hạn trả lời",
        }[consultation.state]
        if consultation.is_silent:
            said = "quá hạn, nhưng phải có văn bản trả lời"
        topic = consultation.get_topic_display().lower()
        findings.append(Finding(f"Đang chờ ý kiến về {topic} ({consultation.office}): {said}."))
    return findings


def missing_for_consulting(case, nominees, office, question) -> list[Finding]:
    findings = []
    if not nominees:
        findings.append(Finding("Hãy chọn ít nhất một đối tượng.", field="nominees"))
    if not office.strip():
        findings.append(Finding("Hãy ghi cơ quan được xin ý kiến.", field="office"))
    if not question.strip():
        findings.append(Finding("Hãy ghi nội dung xin ý kiến.", field="question"))
    return findings


def missing_for_sending(consultation, *, number, sent_on) -> list[Finding]:
    findings = []
    if not (number or "").strip():
        findings.append(Finding("Chưa ghi số công văn.", field="number"))
    if sent_on is None:
        findings.append(Finding("Chưa ghi ngày gửi.", field="sent_on"))
    elif sent_on > clock.today():
        findings.append(Finding("Ngày gửi không thể ở tương lai.", field="sent_on"))
    elif sent_on < clock.local_date(consultation.created_at):
        earliest = f"{clock.local_date(consultation.created_at):%d/%m/%Y}"
        findings.append(Finding(f"Ngày gửi phải từ ngày {earliest} trở đi.", field="sent_on"))
    return findings


def missing_for_answering(consultation, views: dict, replied_on) -> list[Finding]:
    findings = []
    if replied_on is None:
        findings.append(Finding("Chưa ghi ngày trả lời.", field="replied_on"))
    elif replied_on > clock.today():
        findings.append(Finding("Ngày trả lời không thể ở tương lai.", field="replied_on"))
    elif replied_on < consultation.sent_on:
        findings.append(Finding("Ngày trả lời phải từ ngày gửi công văn trở đi.", field="replied_on"))
    for nominee in consultation.nominees.all():
        view, words = views.get(nominee.uid, ("", ""))
        if view not in View.values:
            findings.append(Finding(f"{nominee.name}: chưa ghi ý kiến trả lời.", field=f"n{nominee.uid}"))
        elif view == View.OBJECTS and not words.strip():
            said = f"{nominee.name}: ý kiến không thống nhất phải có nội dung."
            findings.append(Finding(said, field=f"n{nominee.uid}"))
    return findings


def missing_for_designating(case, *, act, person, reason, by) -> list[Finding]:
    """Someone of a third unit, no kin of the unit concerned, named by a lead who is none either
    while another lead could name him."""
    findings = []
    is_dossier = isinstance(case, Dossier)
    allowed = (
        (DesignatedAct.APPRAISE, DesignatedAct.JUDGE)
        if is_dossier
        else (DesignatedAct.FORWARD, DesignatedAct.APPROVE)
    )
    if act not in allowed:
        findings.append(Finding("Hãy chọn việc được chỉ định.", field="act"))
    if not reason.strip():
        findings.append(Finding("Hãy ghi lý do chỉ định.", field="reason"))
    if person is None:
        findings.append(Finding("Không có người dùng nào có tài khoản này.", field="person"))
        return findings
    authority = person.authority
    if authority.is_standing_body or authority.is_commendation_body or not authority.own:
        said = "Hãy chọn người đang công tác ở một đơn vị khác hai cơ quan thẩm định, xét duyệt."
        findings.append(Finding(said, field="person"))
    if is_dossier:
        if why := conflict_with(person, case):
            findings.append(Finding(f"Không chỉ định được: {why}.", field="person"))
        if conflict_with(by, case) and any(not conflict_with(lead, case) for lead in _leads()):
            said = "Bạn có liên quan đến đơn vị này; một lãnh đạo không liên quan sẽ chỉ định."
            findings.append(Finding(said))
    return findings


def _leads():
    functions = (Function.STANDING_BODY, Function.COMMENDATION_BODY)
    people = set().union(*(people_with(function, Role.LEAD) for function in functions))
    return User.objects.filter(pk__in=people, is_active=True)


def missing_for_feedback(nominee, text) -> list[Finding]:
    if nominee.state not in NOT_TAKEN:
        return [Finding("Chỉ góp ý về đối tượng không được đề nghị, không được chọn hoặc trùng đề nghị.")]
    if not text.strip():
        return [Finding("Hãy viết nội dung góp ý cho đơn vị.", field="text")]
    return []


def missing_for_finalising(proposal) -> list[Finding]:
    """Only what is wrong is read, however long the list."""
    nominees = proposal.nominees.order_by()
    if not nominees.exists():
        return [Finding("Danh sách chưa có ai. Hãy đưa đối tượng đã được thẩm định vào Tờ trình.")]
    findings = []
    held = nominees.filter(is_held=True)
    findings += _named(held, "đang tạm dừng, hãy tách khỏi Tờ trình")
    unready = nominees.filter(is_held=False).exclude(
        state=NomineeState.RECOMMENDED, dossier__state=DossierState.APPRAISED
    )
    findings += _named(unready, "chưa được đề nghị khen thưởng, hãy đưa ra khỏi danh sách")
    findings += duplicates.undecided(nominees.filter(is_held=False, state=NomineeState.RECOMMENDED))
    findings += quotas_exceeded(proposal)
    findings += _waiting_for_opinions(proposal.consultations)
    findings += _unposted(proposal)
    return findings + house.missing_for_citing(proposal.rule_set.bases.all(), clock.today(), proposal)


def _named(nominees, said) -> list[Finding]:
    findings = [Finding(f"{n.name}: {said}.", field=f"n{n.uid}") for n in nominees.order_by("pk")[:NAMED]]
    if len(findings) == NAMED and (more := nominees.count() - NAMED):
        findings.append(Finding(f"Và {more} đối tượng khác: {said}."))
    return findings


def quota_room(campaign, form) -> dict[str, tuple[int, int]]:
    """By kind of nominee with a quota: (quota, how many are in proposals or were awarded already)."""
    quotas = dict(Quota.objects.filter(campaign=campaign, form=form).values_list("nominee_kind", "number"))
    if not quotas:
        return {}
    taken = Nominee.objects.filter(
        proposal__campaign=campaign,
        proposal__form=form,
        state__in=[NomineeState.RECOMMENDED, NomineeState.APPROVED, NomineeState.AWARDED],
    )
    used = dict(taken.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: (number, used.get(kind, 0)) for kind, number in quotas.items()}


def quotas_exceeded(proposal) -> list[Finding]:
    return [
        Finding(
            f"Vượt chỉ tiêu {NomineeKind(kind).label.lower()}: {used} đối tượng, chỉ tiêu {number}. "
            "Hãy đưa bớt ra khỏi danh sách."
        )
        for kind, (number, used) in quota_room(proposal.campaign, proposal.form).items()
        if used > number
    ]


def posting_rule_of(proposal, day=None):
    return PostingRule.objects.filter(form=proposal.form_id, validity__contains=day or clock.today()).first()


def _unposted(proposal) -> list[Finding]:
    """The comment period is over and every comment has its answer; where a period is due, there was one."""
    posting = proposal.postings.first()
    rule = posting_rule_of(proposal)
    findings = []
    if rule and rule.is_required:
        posted = PostedName.objects.filter(posting__proposal=proposal)
        if proposal.nominees.exclude(uid__in=posted.values("uid")).exists():
            said = (
                f"Phải lấy ý kiến công khai {rule.working_days} ngày làm việc trước khi chốt ({rule.basis})."
            )
            findings.append(Finding(said))
    if posting and posting.is_open:
        said = f"Danh sách đang lấy ý kiến đến hết ngày {posting.last_day:%d/%m/%Y}, chưa chốt được."
        findings.append(Finding(said))
    waiting = Comment.objects.filter(posting__proposal=proposal, state=CommentState.RECEIVED).count()
    if waiting:
        findings.append(Finding(f"Còn {waiting} góp ý chưa trả lời."))
    return findings


def missing_for_posting(proposal, working_days) -> list[Finding]:
    findings = []
    if not proposal.nominees.exists():
        findings.append(Finding("Danh sách chưa có ai. Hãy đưa đối tượng đã được thẩm định vào Tờ trình."))
    rule = posting_rule_of(proposal)
    least = max(rule.working_days if rule else 0, 1)
    if not working_days or working_days < least:
        findings.append(Finding(f"Thời gian lấy ý kiến ít nhất {least} ngày làm việc.", field="working_days"))
    elif working_days > LONGEST_POSTING:
        said = f"Thời gian lấy ý kiến nhiều nhất {LONGEST_POSTING} ngày làm việc."
        findings.append(Finding(said, field="working_days"))
    findings += _named(proposal.nominees.filter(is_held=True), "đang tạm dừng, hãy tách khỏi Tờ trình")
    return findings


def missing_for_signing(proposal, *, number, signed_on, signer, has_file) -> list[Finding]:
    """The signed Tờ trình as it came back: number, day, signer and the signed file."""
    return missing_signature(number, signed_on, signer, has_file, not_before=proposal.finalised_at)


def missing_for_issuing(decision, *, number, signed_on, signer, has_file) -> list[Finding]:
    return missing_signature(number, signed_on, signer, has_file, not_before=decision.proposal.forwarded_at)


def missing_signature(number, signed_on, signer, has_file, *, not_before) -> list[Finding]:
    findings = []
    if not (number or "").strip():
        findings.append(Finding("Chưa ghi số văn bản.", field="number"))
    if not (signer or "").strip():
        findings.append(Finding("Chưa ghi người ký.", field="signer"))
    if signed_on is None:
        findings.append(Finding("Chưa ghi ngày ký.", field="signed_on"))
    elif signed_on > clock.today():
        findings.append(Finding("Ngày ký không thể ở tương lai.", field="signed_on"))
    elif not_before and signed_on < clock.local_date(not_before):
        earliest = f"{clock.local_date(not_before):%d/%m/%Y}"
        findings.append(Finding(f"Ngày ký phải từ ngày {earliest} trở đi.", field="signed_on"))
    if not has_file:
        findings.append(Finding("Chưa tải lên bản đã ký (PDF).", field="upload"))
    return findings


def missing_for_approving(proposal) -> list[Finding]:
    return _named(proposal.nominees.filter(judgement="", is_held=False), "chưa có kết quả xét")
