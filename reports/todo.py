"""What awaits a person: the cards of "Việc cần làm", most pressing first.

Each is a `Todo`; its button leads to the one page where the work is done.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils.timezone import localtime

from awards.enums import CommentState, DossierState, ProposalState
from awards.models import Comment, Decision, Dossier, Nominee, Proposal
from core import clock
from core.models import OutboxMail
from core.models.mail import MailState
from core.schedule import missed
from core.templatetags.vn import gio_ngay
from core.vietnamese import format_number
from registrations.enums import ApprovalState, ObligationKind
from registrations.models import Finding, HeadApproval, Obligation, PilotList, Registration, Report, Visit
from units.enums import Function, Role
from units.lineage import Lineage
from units.models import AccountRequest, Invitation, Reorganisation, Unit

#: a yearly report is announced a season ahead, and asked for until the next season
REPORT_ANNOUNCED = timedelta(days=90)
REPORT_REMEMBERED = timedelta(days=120)
#: findings the unit has still to answer
TO_ANSWER = Q(findings__state="open") & ~Q(findings__kind="good")


@dataclass(frozen=True)
class Todo:
    """One card: what, for whom, until when, and the one button.

    `post` holds the fields of a button that starts something new; `whom`, in whose name it is done.
    """

    title: str
    text: str
    button: str
    url: str
    due: date | None = None
    tone: str = "info"
    post: dict | None = None
    whom: str = ""


STANDING_BODY, COMMENDATION_BODY, ADMINISTRATION, ONESELF = (
    Function.STANDING_BODY.label,
    Function.COMMENDATION_BODY.label,
    "Quản trị cổng",
    "Riêng bạn",
)


def of(user, unit) -> list[Todo]:
    """The cards of this person acting for `unit` (a unit or None)."""
    found = []
    if unit is not None and user.authority.files_for(unit.pk):
        found += _for(unit.name, _of_filer(unit, user.lineage))
        found += _for(unit.name, _of_head_s_word(unit))
        found += _for(unit.name, _of_launch_and_pilots(unit))
        found += _for(unit.name, _of_inspected(unit))
    if unit is not None and user.authority.heads(unit.pk):
        found += _for(unit.name, _of_head(unit))
    if user.authority.is_standing_body:
        found += _for(STANDING_BODY, _of_standing_body())
    if user.authority.is_commendation_body:
        found += _for(COMMENDATION_BODY, _of_commendation_body(user))
    if user.authority.is_standing_body or user.is_superuser:
        whom = STANDING_BODY if user.authority.is_standing_body else ADMINISTRATION
        found += _for(whom, [*_of_mail(), *_of_missed_jobs()])
    found += _for(ONESELF, [*_of_team(user), *_of_named(user), *_of_invited(user)])
    if user.is_superuser:
        found += _for(ADMINISTRATION, _of_reorganisations())
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or date.max))


def _for(whom: str, todos: list[Todo]) -> list[Todo]:
    return [replace(todo, whom=whom) for todo in todos]


def _of_named(user) -> list[Todo]:
    """What a lead of the two bodies has named the person for."""
    current = user.designations.current().select_related("dossier__unit", "proposal")
    return [
        Todo(
            title=f"Bạn được chỉ định: {named.get_act_display().lower()}",
            text=str(named.dossier or named.proposal),
            button="Mở",
            url=(named.dossier or named.proposal).get_absolute_url(),
        )
        for named in current
    ]


def _of_invited(user) -> list[Todo]:
    return [
        Todo(
            title=f"Lời mời làm việc cho {invitation.unit.name}",
            text=f"Vai trò: {invitation.role_labels}.",
            button="Xem lời mời",
            url=invitation.get_absolute_url(),
        )
        for invitation in Invitation.objects.open().filter(user=user).select_related("unit")
    ]


def _of_reorganisations() -> list[Todo]:
    waiting = Reorganisation.objects.filter(applied_at__isnull=True, effective_on__lte=clock.today())
    return _counted(
        waiting.count(),
        "việc sắp xếp đơn vị chưa áp dụng",
        "Văn bản đã có hiệu lực; cổng vẫn làm theo đơn vị cũ.",
        "Mở danh sách",
        reverse("reports:reorganisations"),
    )


def _of_filer(unit: Unit, lineage: Lineage) -> list[Todo]:
    today = clock.today()
    found = []
    still_taken = Q(kind=ObligationKind.REGISTRATION, period__locks_on__gte=today) | Q(
        kind__in=(ObligationKind.SIX_MONTH_REPORT, ObligationKind.ANNUAL_REPORT),
        due__range=(today - REPORT_REMEMBERED, today + REPORT_ANNOUNCED),
    )
    owed = Obligation.objects.outstanding().filter(still_taken, unit=unit, period__opens_on__lte=today)
    registrations = {r.period_id: r for r in Registration.objects.filter(unit=unit)}
    reports = {(r.period_id, r.kind): r for r in Report.objects.filter(unit=unit)}
    for obligation in owed.select_related("period").with_extension():
        year = obligation.period.year
        is_registration = obligation.kind == ObligationKind.REGISTRATION
        post = {"period": obligation.period.uid, "unit": unit.uid}
        if is_registration:
            what, begun = "Đăng ký thi đua", registrations.get(obligation.period_id)
            start, edit = "registrations:start", "registrations:edit"
        else:
            is_annual = obligation.kind == ObligationKind.ANNUAL_REPORT
            what = "Báo cáo" if is_annual else "Báo cáo 6 tháng"
            begun = reports.get((obligation.period_id, obligation.kind))
            start, edit = "registrations:start_report", "registrations:edit_report"
            post["kind"] = obligation.kind
        url = reverse(start)
        if begun is not None:
            url = reverse(edit, args=[begun.uid]) if begun.state == "draft" else begun.get_absolute_url()
        text = "Bản đang soạn đã lưu, chưa nộp." if begun else "Chưa bắt đầu."
        found.append(
            Todo(
                title=f"{what} năm {year}",
                text=f"{text} Đơn vị được gia hạn." if obligation.extended_to else text,
                button="Soạn tiếp" if begun else "Bắt đầu",
                url=url,
                due=obligation.due,
                tone="danger" if obligation.due < today else "warning",
                post=None if begun else post,
            )
        )
    # What a predecessor left undone is the unit's to finish.
    units = {unit.pk} | lineage.predecessors([unit.pk])
    returned = [
        *Registration.objects.filter(
            Q(unit__in=units) | Q(through__in=units), state="returned"
        ).select_related("period", "unit"),
        *Report.objects.filter(unit__in=units, state="returned").select_related("period", "unit"),
        *Dossier.objects.filter(unit__in=units, state=DossierState.RETURNED).select_related("unit"),
    ]
    found += [
        Todo(
            title=f"Bổ sung {case.reference}",
            text=f"{case._meta.verbose_name.capitalize()} được trả lại kèm ý kiến, cần sửa và nộp lại.",
            button="Xem ý kiến",
            url=case.get_absolute_url(),
            due=case.supplement_due,
            tone="warning",
        )
        for case in returned
    ]
    refused = Report.objects.filter(
        unit__in=units, state="verified", contest_last_day__gte=clock.today()
    ).select_related("period")
    found += [
        Todo(
            title=f"Số liệu năm {report.period.year} có kết luận không chấp nhận",
            text="Kiến nghị trong thời hạn; không kiến nghị thì kết luận là cuối cùng.",
            button="Xem và trả lời",
            url=report.get_absolute_url(),
            due=report.contest_last_day,
            tone="warning",
        )
        for report in refused
    ]
    found += [
        Todo(
            title="Hồ sơ khen thưởng đang soạn",
            text=f"Hồ sơ của {unit.name}, chưa nộp.",
            button="Soạn tiếp",
            url=reverse("awards:edit", args=[dossier.uid]),
        )
        for dossier in Dossier.objects.filter(unit=unit, state=DossierState.DRAFT)
    ]
    return found


def _of_head(unit) -> list[Todo]:
    """What the unit's own head is asked to approve before it is filed."""
    asked = HeadApproval.objects.filter(
        state=ApprovalState.ASKED, registration__unit=unit, version=F("registration__version")
    )
    return [
        Todo(
            title=f"Duyệt đăng ký thi đua năm {approval.registration.period.year}",
            text=f"{approval.asked_by} trình; duyệt xong người lập hồ sơ mới nộp được.",
            button="Xem và cho ý kiến",
            url=approval.registration.get_absolute_url(),
            due=approval.registration.supplement_due,
            tone="warning",
        )
        for approval in asked.select_related("registration__period", "asked_by")
    ]


def _of_head_s_word(unit) -> list[Todo]:
    """What the head has said, and the filer has still to act on: file it, or mend it."""
    said = HeadApproval.objects.filter(
        state__in=[ApprovalState.APPROVED, ApprovalState.SENT_BACK],
        registration__unit=unit,
        registration__state__in=["draft", "returned"],
        version=F("registration__version"),
    )
    return [
        Todo(
            title=f"{approval.get_state_display()}: đăng ký năm {approval.registration.period.year}",
            text="Nộp được ngay bây giờ."
            if approval.state == "approved"
            else "Đọc ý kiến, sửa rồi trình lại.",
            button="Mở và nộp" if approval.state == "approved" else "Xem ý kiến",
            url=approval.registration.get_absolute_url(),
            tone="info" if approval.state == "approved" else "warning",
        )
        for approval in said.select_related("registration__period")
    ]


def _of_launch_and_pilots(unit) -> list[Todo]:
    today = clock.today()
    kinds = (ObligationKind.LAUNCH, ObligationKind.PILOTS)
    season = (today - REPORT_REMEMBERED, today + REPORT_ANNOUNCED)
    owed = Obligation.objects.outstanding().filter(kind__in=kinds, unit=unit, due__range=season)
    found = []
    for obligation in owed.filter(period__opens_on__lte=today).select_related("period"):
        year = obligation.period.year
        is_launch = obligation.kind == ObligationKind.LAUNCH
        if is_launch:
            url = reverse("registrations:record_launch", args=[year, unit.uid])
        else:
            url = f"{reverse('registrations:pilot_lists')}?year={year}"
        found.append(
            Todo(
                title=f"{obligation.get_kind_display()} năm {year}",
                text="Ghi ngày, hình thức và văn bản phát động."
                if is_launch
                else "Chọn đơn vị chỉ đạo điểm rồi gửi danh sách.",
                button="Ghi nhận" if is_launch else "Lập danh sách",
                url=url,
                due=obligation.due,
                tone="danger" if obligation.due < today else "warning",
            )
        )
    found += [
        Todo(
            title="Sửa danh sách chỉ đạo điểm",
            text="Danh sách được trả lại kèm ý kiến.",
            button="Xem ý kiến",
            url=pilot_list.get_absolute_url(),
            tone="warning",
        )
        for pilot_list in PilotList.objects.filter(unit=unit, state="returned")
    ]
    return found


def _of_inspected(unit) -> list[Todo]:
    """What inspections asked the unit to put right, one card for each visit."""
    asked = (
        Visit.objects.filter(unit=unit, state="communicated")
        .exclude(inspection__state__in=["closed", "cancelled"])
        .annotate(
            waiting=Count("findings", filter=TO_ANSWER), first_due=Min("findings__due", filter=TO_ANSWER)
        )
    )
    return [
        Todo(
            title=f"{format_number(visit.waiting)} kết quả kiểm tra cần khắc phục",
            text=f"{visit.inspection.name}. Khắc phục rồi trả lời đoàn kiểm tra.",
            button="Xem và trả lời",
            url=visit.get_absolute_url(),
            due=visit.first_due,
            tone="warning",
        )
        for visit in asked.filter(waiting__gt=0).select_related("inspection")
    ]


def _of_team(user) -> list[Todo]:
    """What the inspections the person takes part in still ask: results to tell, answers to read."""
    mine = Visit.objects.filter(inspection__members__user=user)
    visited = mine.filter(inspection__state="under_way", state="planned", on__lte=clock.today())
    answered = mine.filter(findings__state="answered").distinct()
    return [
        Todo(
            title=f"{title}: {visit.unit.name}",
            text=visit.inspection.name,
            button=button,
            url=visit.get_absolute_url(),
        )
        for visits, title, button in (
            (visited, "Ghi kết quả kiểm tra", "Ghi phát hiện"),
            (answered, "Xem trả lời sau kiểm tra", "Xem trả lời"),
        )
        for visit in visits.select_related("unit", "inspection").order_by("on", "pk")[:10]
    ]


def _counted(count: int, title: str, text: str, button: str, url: str, tone="info", due=None) -> list[Todo]:
    if not count:
        return []
    if due is not None:
        tone = "danger" if due < clock.today() else "warning"
    return [Todo(f"{format_number(count)} {title}", text, button, url, due=due, tone=tone)]


def _of_standing_body() -> list[Todo]:
    to_conclude = Finding.objects.filter(state="answered").exclude(visit__inspection__state="closed")
    ready = Nominee.objects.ready_to_propose().count()
    drafts = Proposal.objects.filter(
        state__in=[ProposalState.DRAFT, ProposalState.FINALISED, ProposalState.SIGNED]
    )
    reports = Report.objects.on_desk().aggregate(n=Count("pk"), due=Min("period__verify_last_day"))
    dossiers = Dossier.objects.on_desk().aggregate(n=Count("pk"), due=Min("due_on"))
    return [
        *_counted(
            AccountRequest.objects.on_desk().count(),
            "yêu cầu cấp tài khoản chờ xét",
            "Đối chiếu giấy tờ và các đơn vị có thể trùng.",
            "Mở danh sách",
            reverse("units:account_requests"),
        ),
        *_counted(
            Registration.objects.on_desk().count(),
            "đăng ký chờ xét",
            "Xác nhận, hoặc trả lại kèm ý kiến.",
            "Mở danh sách",
            f"{reverse('registrations:registrations')}?state=filed",
        ),
        *_counted(
            reports["n"],
            "báo cáo chờ thẩm định",
            "Thẩm định từng số liệu; kiến nghị của đơn vị đứng trước.",
            "Mở bàn thẩm định",
            reverse("registrations:verification"),
            due=reports["due"],
        ),
        *_counted(
            dossiers["n"],
            "hồ sơ khen thưởng chờ thẩm định",
            "Kết luận từng đối tượng, hoặc yêu cầu bổ sung. Hạn dưới đây là của hồ sơ gấp nhất.",
            "Mở bàn thẩm định",
            reverse("awards:appraisals"),
            due=dossiers["due"],
        ),
        *_counted(
            Comment.objects.filter(state=CommentState.RECEIVED).count(),
            "góp ý về danh sách niêm yết chờ trả lời",
            "Trả lời từng góp ý; chưa trả lời hết thì chưa chốt được danh sách.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
        *_counted(
            PilotList.objects.on_desk().count(),
            "danh sách chỉ đạo điểm mới gửi",
            "Ghi nhận, hoặc trả lại kèm ý kiến.",
            "Mở danh sách",
            f"{reverse('registrations:pilot_lists')}?state=filed",
        ),
        *_counted(
            to_conclude.count(),
            "trả lời sau kiểm tra chờ kết luận",
            "Chấp nhận việc khắc phục, hoặc yêu cầu làm tiếp.",
            "Mở danh sách",
            reverse("registrations:inspections"),
        ),
        *_counted(
            ready,
            "đối tượng chưa đưa vào Tờ trình",
            "Đã thẩm định xong, chờ tổng hợp.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
        *_counted(
            drafts.count(),
            "Tờ trình chưa chuyển",
            "Chốt danh sách, ghi nhận chữ ký rồi chuyển trình.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
    ]


def _of_commendation_body(user) -> list[Todo]:
    forwarded = Proposal.objects.filter(state=ProposalState.FORWARDED)
    approved = Proposal.objects.awaiting_decision()
    found = [
        Todo(
            title=f"Xét Tờ trình {proposal.number}",
            text=proposal.title,
            button="Mở Tờ trình",
            url=proposal.get_absolute_url(),
        )
        for proposal in forwarded.order_by("forwarded_at")[:10]
    ]
    found += [
        Todo(
            title=f"Lập Quyết định theo Tờ trình {proposal.number}",
            text=f"{format_number(proposal.waiting)} đối tượng đã duyệt, chưa có trong Quyết định nào.",
            button="Lập dự thảo",
            url=f"{reverse('awards:decisions')}?to-trinh={proposal.uid}#lap-du-thao",
        )
        for proposal in approved.order_by("approved_at")[:10]
    ]
    steps = {
        "draft": "Dự thảo chờ trình ký.",
        "submitted": "Đã trình, chờ số và chữ ký.",
        "issued": "Đã ký, chờ người khác công bố.",
    }
    is_lead = Role.LEAD in user.authority.commendation_roles
    for decision in Decision.objects.filter(state__in=steps).order_by("pk")[:10]:
        if decision.state == "issued" and not is_lead:
            continue
        found.append(
            Todo(
                title=str(decision), text=steps[decision.state], button="Mở", url=decision.get_absolute_url()
            )
        )
    return found


def _of_mail() -> list[Todo]:
    parked = OutboxMail.objects.filter(state__in=[MailState.UNCERTAIN, MailState.FAILED]).count()
    return _counted(
        parked,
        "thư chưa rõ kết quả",
        "Cổng không tự gửi lại để tránh gửi trùng. Hãy xem và quyết định.",
        "Xem thư",
        f"{reverse('reports:mails')}?trang-thai=uncertain",
        tone="warning",
    )


def _of_missed_jobs() -> list[Todo]:
    """What the clock should have called and did not: nobody is reminded until it is mended."""
    return [
        Todo(
            title=f"Việc định kỳ không chạy: {gap.label}",
            text=f"Lẽ ra chạy lúc {gio_ngay(localtime(gap.since))}. Hãy báo người vận hành.",
            button="Xem thư của cổng",
            url=reverse("reports:mails"),
            due=clock.local_date(gap.since),
            tone="danger",
        )
        for gap in missed()
    ]
