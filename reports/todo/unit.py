"""What awaits the people of a unit: what it owes, what came back, what its head and the inspections ask."""

from datetime import timedelta

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from awards.enums import DossierState
from awards.models import Dossier
from core import clock
from core.vietnamese import format_number
from registrations.enums import ApprovalState, ObligationKind
from registrations.models import HeadApproval, Obligation, PilotList, Registration, Report, Visit
from reports.todo.card import Todo
from units.lineage import Lineage
from units.models import Unit

#: a yearly report is announced a season ahead, and asked for until the next season
REPORT_ANNOUNCED = timedelta(days=90)
REPORT_REMEMBERED = timedelta(days=120)
#: findings the unit has still to answer
TO_ANSWER = Q(findings__state="open") & ~Q(findings__kind="good")


def of_filer(unit: Unit, lineage: Lineage) -> list[Todo]:
    # What a predecessor left undone is the unit's to finish.
    units = {unit.pk} | lineage.predecessors([unit.pk])
    return [*_owed(unit), *_returned(units), *_refused(units), *_begun(unit)]


def _owed(unit) -> list[Todo]:
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
    return found


def _returned(units) -> list[Todo]:
    returned = [
        *Registration.objects.filter(
            Q(unit__in=units) | Q(through__in=units), state="returned"
        ).select_related("period", "unit"),
        *Report.objects.filter(unit__in=units, state="returned").select_related("period", "unit"),
        *Dossier.objects.filter(unit__in=units, state=DossierState.RETURNED).select_related("unit"),
    ]
    return [
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


def _refused(units) -> list[Todo]:
    refused = Report.objects.filter(
        unit__in=units, state="verified", contest_last_day__gte=clock.today()
    ).select_related("period")
    return [
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


def _begun(unit) -> list[Todo]:
    return [
        Todo(
            title="Hồ sơ khen thưởng đang soạn",
            text=f"Hồ sơ của {unit.name}, chưa nộp.",
            button="Soạn tiếp",
            url=reverse("awards:edit", args=[dossier.uid]),
        )
        for dossier in Dossier.objects.filter(unit=unit, state=DossierState.DRAFT)
    ]


def of_head(unit) -> list[Todo]:
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


def of_head_s_word(unit) -> list[Todo]:
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


def of_launch_and_pilots(unit) -> list[Todo]:
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


def of_inspected(unit) -> list[Todo]:
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
