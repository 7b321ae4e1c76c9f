"""What awaits the two bodies and whoever runs the portal."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localtime

from awards.enums import CommentState, ProposalState
from awards.models import Comment, Decision, Dossier, Nominee, Proposal
from core import clock
from core.models import OutboxMail
from core.models.mail import MailState
from core.schedule import missed
from core.templatetags.vn import gio_ngay
from core.vietnamese import format_number
from registrations.models import Finding, PilotList, Registration, Report
from reports.todo.card import Todo, counted
from units.enums import Role
from units.models import AccountRequest, Reorganisation


def of_standing_body() -> list[Todo]:
    to_conclude = Finding.objects.filter(state="answered").exclude(visit__inspection__state="closed")
    ready = Nominee.objects.ready_to_propose().count()
    drafts = Proposal.objects.filter(
        state__in=[ProposalState.DRAFT, ProposalState.FINALISED, ProposalState.SIGNED]
    )
    reports = Report.objects.on_desk().aggregate(n=Count("pk"), due=Min("period__verify_last_day"))
    dossiers = Dossier.objects.on_desk().aggregate(n=Count("pk"), due=Min("due_on"))
    return [
        *counted(
            AccountRequest.objects.on_desk().count(),
            "yêu cầu cấp tài khoản chờ xét",
            "Đối chiếu giấy tờ và các đơn vị có thể trùng.",
            "Mở danh sách",
            reverse("units:account_requests"),
        ),
        *counted(
            Registration.objects.on_desk().count(),
            "đăng ký chờ xét",
            "Xác nhận, hoặc trả lại kèm ý kiến.",
            "Mở danh sách",
            f"{reverse('registrations:registrations')}?state=filed",
        ),
        *counted(
            reports["n"],
            "báo cáo chờ thẩm định",
            "Thẩm định từng số liệu; kiến nghị của đơn vị đứng trước.",
            "Mở bàn thẩm định",
            reverse("registrations:verification"),
            due=reports["due"],
        ),
        *counted(
            dossiers["n"],
            "hồ sơ khen thưởng chờ thẩm định",
            "Kết luận từng đối tượng, hoặc yêu cầu bổ sung. Hạn dưới đây là của hồ sơ gấp nhất.",
            "Mở bàn thẩm định",
            reverse("awards:appraisals"),
            due=dossiers["due"],
        ),
        *counted(
            Comment.objects.filter(state=CommentState.RECEIVED).count(),
            "góp ý về danh sách niêm yết chờ trả lời",
            "Trả lời từng góp ý; chưa trả lời hết thì chưa chốt được danh sách.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
        *counted(
            PilotList.objects.on_desk().count(),
            "danh sách chỉ đạo điểm mới gửi",
            "Ghi nhận, hoặc trả lại kèm ý kiến.",
            "Mở danh sách",
            f"{reverse('registrations:pilot_lists')}?state=filed",
        ),
        *counted(
            to_conclude.count(),
            "trả lời sau kiểm tra chờ kết luận",
            "Chấp nhận việc khắc phục, hoặc yêu cầu làm tiếp.",
            "Mở danh sách",
            reverse("registrations:inspections"),
        ),
        *counted(
            ready,
            "đối tượng chưa đưa vào Tờ trình",
            "Đã thẩm định xong, chờ tổng hợp.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
        *counted(
            drafts.count(),
            "Tờ trình chưa chuyển",
            "Chốt danh sách, ghi nhận chữ ký rồi chuyển trình.",
            "Mở Tờ trình",
            reverse("awards:proposals"),
        ),
    ]


def of_commendation_body(user) -> list[Todo]:
    forwarded = Proposal.objects.filter(state=ProposalState.FORWARDED)
    approved = Proposal.objects.awaiting_decision()
    found = [
        Todo(
            title=f"Xét Tờ trình {proposal.number}",
            text=proposal.title,
            button="Mở Tờ trình",
            url=proposal.get_absolute_url(),
        )
        for proposal in forwarded.order_by("forwarded_at", "pk")[:10]
    ]
    found += [
        Todo(
            title=f"Lập Quyết định theo Tờ trình {proposal.number}",
            text=f"{format_number(proposal.waiting)} đối tượng đã duyệt, chưa có trong Quyết định nào.",
            button="Lập dự thảo",
            url=f"{reverse('awards:decisions')}?to-trinh={proposal.uid}#lap-du-thao",
        )
        for proposal in approved.order_by("approved_at", "pk")[:10]
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


def of_mail() -> list[Todo]:
    parked = OutboxMail.objects.filter(state__in=[MailState.UNCERTAIN, MailState.FAILED]).count()
    return counted(
        parked,
        "thư chưa rõ kết quả",
        "Cổng không tự gửi lại để tránh gửi trùng. Hãy xem và quyết định.",
        "Xem thư",
        f"{reverse('reports:mails')}?trang-thai=uncertain",
        tone="warning",
    )


def of_missed_jobs() -> list[Todo]:
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


def of_reorganisations() -> list[Todo]:
    waiting = Reorganisation.objects.filter(applied_at__isnull=True, effective_on__lte=clock.today())
    return counted(
        waiting.count(),
        "việc sắp xếp đơn vị chưa áp dụng",
        "Văn bản đã có hiệu lực; cổng vẫn làm theo đơn vị cũ.",
        "Mở danh sách",
        reverse("reports:reorganisations"),
    )
