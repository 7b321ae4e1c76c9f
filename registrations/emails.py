"""One function per message. Every date comes from the data; keys make each mail unique."""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from core import outbox
from core.calendar import last_instant
from core.templatetags.vn import gio_giay_ngay, ngay
from registrations.enums import FigureVerdict, ObligationKind
from registrations.models import Obligation
from units.enums import Role
from units.lineage import people_at, people_at_each
from units.models import User


def filers_of(unit):
    """The people who file for the unit today, or for what came after it, each once."""
    return User.objects.filter(pk__in=people_at(unit, Role.FILER), is_active=True)


def _link(obj) -> str:
    return f"{settings.SITE_URL}{obj.get_absolute_url()}"


def heads_of(unit):
    """The heads of the unit today: those who approve what it files, where the unit wants it."""
    return User.objects.filter(pk__in=people_at(unit, Role.HEAD), is_active=True)


def _tell_filers(unit, **words):
    _tell(filers_of(unit), unit, **words)


def writers_of(registration) -> list[User]:
    """The unit's filers and, where its district files for it, the district's."""
    users = filers_of(registration.unit)
    if registration.through:
        users = users | filers_of(registration.through)
    return list(users)


def _tell_writers(registration, **words):
    _tell(writers_of(registration), registration.unit, case_uid=registration.uid, **words)


def _tell(users, unit, **said):
    for letter in _letters(users, unit, **said):
        outbox.queue(**letter)


def _letters(users, unit, *, key, subject, body, case_uid):
    for user in users:
        yield {
            "key": f"{key}-{user.uid}",
            "to": user,
            "subject": subject,
            "body": f"Kính gửi {user.full_name},\n\n{body}\n\nCổng thi đua chuyển đổi số tỉnh Lào Cai\n",
            "case_uid": case_uid,
            "unit_uid": unit.uid,
        }


def filed(version, users):
    """The receipt, to each of `users` once: the version is new, so are the keys."""
    registration = version.registration
    late = " (nộp muộn)" if version.is_late else ""
    paper = ""
    if version.is_on_paper:
        paper = (
            f"Cơ quan thường trực nhập từ bản giấy số {version.paper_number}, "
            f"nhận ngày {ngay(version.received_on)} ({version.get_channel_display().lower()}).\n"
        )
    letters = _letters(
        users,
        registration.unit,
        key=f"registration-filed-{version.uid}",
        subject=f"Biên nhận {registration.reference}: đã nhận đăng ký thi đua năm {registration.period.year}",
        body=(
            f"Cổng đã nhận đăng ký thi đua năm {registration.period.year} của {registration.unit.name}.\n"
            f"Số tiếp nhận: {registration.reference}, lần nộp thứ {version.number}.\n{paper}"
            f"Thời điểm nhận: {gio_giay_ngay(localtime(version.filed_at))}{late}.\n"
            f"Mã băm SHA-256 của nội dung: {version.sha256}.\n"
            f"Xem và in biên nhận: {_link(version)}"
        ),
        case_uid=registration.uid,
    )
    outbox.queue_all(letters)


def confirmed(registration):
    _tell_writers(
        registration,
        key=f"registration-confirmed-{registration.uid}-{registration.version}",
        subject=f"{registration.reference}: đăng ký thi đua đã được xác nhận",
        body=(
            f"Cơ quan thường trực đã xác nhận đăng ký thi đua năm {registration.period.year} "
            f"của {registration.unit.name}.\nXem chi tiết: {_link(registration)}"
        ),
    )


def returned(registration, comment, at):
    _tell_writers(
        registration,
        key=f"registration-returned-{registration.uid}-{at.isoformat()}",
        subject=f"{registration.reference}: cần bổ sung đăng ký thi đua",
        body=(
            f"Cơ quan thường trực trả lại đăng ký thi đua năm {registration.period.year} "
            f"của {registration.unit.name} với ý kiến:\n\n{comment}\n\n"
            f"Hãy bổ sung và nộp lại đến hết ngày {ngay(registration.supplement_due)}.\n"
            f"Mở bản đăng ký: {_link(registration)}"
        ),
    )


def head_asked(approval):
    registration = approval.registration
    _tell(
        heads_of(registration.unit),
        registration.unit,
        key=f"approval-asked-{approval.uid}",
        subject=f"Trình duyệt đăng ký thi đua năm {registration.period.year}",
        body=(
            f"{approval.asked_by.full_name} trình bản đăng ký thi đua năm {registration.period.year} "
            f"của {registration.unit.name} để duyệt trước khi nộp.\n"
            f"Xem và cho ý kiến: {_link(registration)}"
        ),
        case_uid=registration.uid,
    )


def head_approved(approval):
    registration = approval.registration
    _tell_writers(
        registration,
        key=f"approval-approved-{approval.uid}",
        subject=f"Thủ trưởng đã duyệt đăng ký thi đua năm {registration.period.year}",
        body=(
            f"Thủ trưởng đơn vị đã duyệt bản đăng ký thi đua năm {registration.period.year} "
            f"của {registration.unit.name}. Bản đăng ký chưa được nộp.\n"
            f"Mở và nộp: {_link(registration)}"
        ),
    )


def head_sent_back(approval, comment):
    registration = approval.registration
    _tell_writers(
        registration,
        key=f"approval-sent-back-{approval.uid}",
        subject=f"Thủ trưởng yêu cầu sửa đăng ký thi đua năm {registration.period.year}",
        body=(
            f"Thủ trưởng đơn vị yêu cầu sửa bản đăng ký thi đua năm {registration.period.year} "
            f"của {registration.unit.name} với ý kiến:\n\n{comment}\n\n"
            f"Hãy sửa rồi trình lại.\nMở bản đăng ký: {_link(registration)}"
        ),
    )


def report_submitted(report, by):
    _tell_filers(
        report.unit,
        key=f"report-submitted-{report.request_key}",
        subject=f"{report.reference}: đã nhận {report.title.lower()}",
        body=(
            f"Cổng đã nhận {report.title.lower()} của {report.unit.name}.\n"
            f"Người nộp: {by.full_name}.\n"
            f"Thời điểm nhận: {gio_giay_ngay(localtime(report.submitted_at))}.\nXem kết quả: {_link(report)}"
        ),
        case_uid=report.uid,
    )


def report_returned(report, comment, at):
    _tell_filers(
        report.unit,
        key=f"report-returned-{report.uid}-{at.isoformat()}",
        subject=f"{report.reference}: cần bổ sung {report.title.lower()}",
        body=(
            f"Cơ quan thường trực trả lại {report.title.lower()} của {report.unit.name} "
            f"với ý kiến:\n\n{comment}\n\nHãy bổ sung đến hết ngày {ngay(report.supplement_due)}.\n"
            f"Mở báo cáo: {_link(report)}"
        ),
        case_uid=report.uid,
    )


def report_verified(report):
    refused = report.figures.filter(verdict=FigureVerdict.REFUSED).count()
    silence = ""
    if report.contest_last_day:
        silence = (
            f"Có {refused} số liệu không được chấp nhận. Đơn vị có thể kiến nghị đến hết ngày "
            f"{ngay(report.contest_last_day)}; sau ngày đó, nếu đơn vị không kiến nghị, "
            "kết luận là cuối cùng.\n"
        )
    elif refused:
        silence = f"Có {refused} số liệu không được chấp nhận. Kết luận này là cuối cùng.\n"
    _tell_filers(
        report.unit,
        key=f"report-verified-{report.uid}-{report.verified_at.isoformat()}",
        subject=f"{report.reference}: số liệu năm {report.period.year} đã thẩm định xong",
        body=(
            f"Cơ quan thường trực đã thẩm định số liệu năm {report.period.year} của {report.unit.name}.\n"
            f"{silence}Xem kết quả từng tiêu chí: {_link(report)}"
        ),
        case_uid=report.uid,
    )


def report_reopened(report, comment, at):
    _tell_filers(
        report.unit,
        key=f"report-reopened-{report.uid}-{at.isoformat()}",
        subject=f"{report.reference}: mở lại việc thẩm định số liệu năm {report.period.year}",
        body=(
            f"Lãnh đạo cơ quan thường trực mở lại việc thẩm định số liệu năm {report.period.year} "
            f"của {report.unit.name}, với lý do:\n\n{comment}\n\nKết luận cũ không còn hiệu lực; "
            f"đơn vị nhận thư khi có kết luận mới.\nMở báo cáo: {_link(report)}"
        ),
        case_uid=report.uid,
    )


def report_contested(report, desk):
    """To those who have to judge anew what the unit contests."""
    contested = report.figures.filter(verdict=FigureVerdict.PENDING).count()
    _tell(
        desk,
        report.unit,
        key=f"report-contested-{report.uid}-{report.verified_at.isoformat()}",
        subject=f"{report.reference}: {report.unit.name} kiến nghị {contested} kết luận",
        body=(
            f"{report.unit.name} kiến nghị kết luận thẩm định {contested} số liệu năm "
            f"{report.period.year}.\nXét lại: {settings.SITE_URL}"
            f"{reverse('registrations:verify_desk', args=[report.uid])}"
        ),
        case_uid=report.uid,
    )


def extended(extension):
    obligation = extension.obligation
    what, year = WHAT_TO_DO[obligation.kind], obligation.period.year
    _tell_filers(
        obligation.unit,
        key=f"extension-{extension.uid}",
        subject=f"Được gia hạn {what} năm {year} đến hết ngày {ngay(extension.last_day)}",
        body=(
            f"Cơ quan thường trực gia hạn cho {obligation.unit.name} {what} năm {year}.\n"
            f"Hạn cuối mới: {gio_giay_ngay(last_instant(extension.last_day))}.\n"
            f"Lý do: {extension.reason}\nXem chi tiết: {_link(obligation)}"
        ),
        case_uid=obligation.uid,
    )


WHAT_TO_DO = {
    ObligationKind.REGISTRATION: "nộp đăng ký thi đua",
    ObligationKind.LAUNCH: "báo cáo việc phát động",
    ObligationKind.PILOTS: "gửi danh sách chỉ đạo điểm",
    ObligationKind.SIX_MONTH_REPORT: "nộp báo cáo 6 tháng",
    ObligationKind.ANNUAL_REPORT: "nộp báo cáo kết quả",
}


def pilot_list_returned(pilot_list, comment, at):
    _tell_filers(
        pilot_list.unit,
        key=f"pilots-returned-{pilot_list.uid}-{at.isoformat()}",
        subject="Cần sửa danh sách chỉ đạo điểm",
        body=(
            f"Cơ quan thường trực trả lại danh sách chỉ đạo điểm của {pilot_list.unit.name} "
            f"với ý kiến:\n\n{comment}\n\nHãy sửa và gửi lại: {_link(pilot_list)}"
        ),
        case_uid=pilot_list.uid,
    )


def inspection_announced(visit):
    inspection = visit.inspection
    _tell_filers(
        visit.unit,
        key=f"inspection-announced-{visit.uid}",
        subject=f"{inspection.reference}: đoàn kiểm tra làm việc ngày {ngay(visit.on)}",
        body=(
            f"{visit.unit.name} có trong chương trình “{inspection.name}”.\n"
            f"Ngày làm việc: {ngay(visit.on)}. Địa điểm: {visit.place}.\n"
            f"Xem quyết định và chương trình: {_link(visit)}"
        ),
        case_uid=inspection.uid,
    )


def inspection_cancelled(visit, comment):
    inspection = visit.inspection
    _tell_filers(
        visit.unit,
        key=f"inspection-cancelled-{visit.uid}",
        subject=f"{inspection.reference}: hủy kiểm tra ngày {ngay(visit.on)}",
        body=f"Đợt kiểm tra “{inspection.name}” tại {visit.unit.name} đã hủy. Lý do:\n\n{comment}",
        case_uid=inspection.uid,
    )


def team_called(inspection):
    for member in inspection.members.filter(user__is_active=True).select_related("user", "unit"):
        _tell(
            [member.user],
            member.unit,
            key=f"inspection-team-{member.uid}",
            subject=f"{inspection.reference}: tham gia đoàn kiểm tra",
            body=(
                f"Ông (bà) tham gia đoàn “{inspection.name}” với vai trò "
                f"{member.get_role_display().lower()}, từ {ngay(inspection.starts_on)} "
                f"đến {ngay(inspection.ends_on)}.\nXem chương trình, ghi phát hiện: {_link(inspection)}"
            ),
            case_uid=inspection.uid,
        )


def findings_communicated(visit):
    to_remedy = visit.findings.to_remedy().count()
    asked = f"{to_remedy} nội dung cần khắc phục" if to_remedy else "không có nội dung phải khắc phục"
    _tell_filers(
        visit.unit,
        key=f"findings-communicated-{visit.uid}-{visit.communicated_at.isoformat()}",
        subject=f"{visit.inspection.reference}: kết quả kiểm tra",
        body=(
            f"Đoàn kiểm tra thông báo kết quả tại {visit.unit.name}: {asked}.\n"
            f"Xem từng nội dung và trả lời: {_link(visit)}"
        ),
        case_uid=visit.inspection.uid,
    )


def findings_recalled(visit, comment, at):
    _tell_filers(
        visit.unit,
        key=f"findings-recalled-{visit.uid}-{at.isoformat()}",
        subject=f"{visit.inspection.reference}: đoàn thu lại kết quả để sửa",
        body=(
            f"Đoàn kiểm tra thu lại kết quả tại {visit.unit.name} để sửa. Lý do:\n\n{comment}\n\n"
            "Đơn vị nhận được thư khi có kết quả mới."
        ),
        case_uid=visit.inspection.uid,
    )


def finding_answered(answer):
    visit = answer.finding.visit
    team = User.objects.filter(inspections__inspection=visit.inspection, is_active=True)
    _tell(
        team,
        visit.unit,
        key=f"finding-answered-{answer.uid}",
        subject=f"{visit.inspection.reference}: {visit.unit.name} đã trả lời",
        body=f"{visit.unit.name} trả lời một phát hiện:\n\n{answer.text}\n\nXem và kết luận: {_link(visit)}",
        case_uid=visit.inspection.uid,
    )


def finding_reopened(finding, comment, at):
    visit = finding.visit
    _tell_filers(
        visit.unit,
        key=f"finding-reopened-{finding.uid}-{at.isoformat()}",
        subject=f"{visit.inspection.reference}: cần làm tiếp",
        body=(
            f"Đoàn kiểm tra yêu cầu {visit.unit.name} làm tiếp:\n\n{finding.remedy}\n\nÝ kiến của đoàn:\n\n"
            f"{comment}\n\nXem và trả lời: {_link(visit)}"
        ),
        case_uid=visit.inspection.uid,
    )


def letter_signed(letter):
    """To the filers of the units urged; whoever has filed by the time it leaves gets none."""
    owed = [row.obligation for row in letter.rows.select_related("obligation__unit", "obligation__period")]
    people = people_at_each({o.unit_id for o in owed}, Role.FILER)
    users = User.objects.filter(is_active=True).in_bulk(set().union(*people.values()))
    outbox.queue_all(
        _urging(letter, obligation, users[pk])
        for obligation in owed
        for pk in sorted(people[obligation.unit_id, Role.FILER])
        if pk in users
    )


def _urging(letter, obligation, user) -> dict:
    what, year = WHAT_TO_DO[obligation.kind], obligation.period.year
    return {
        "key": f"letter-{letter.uid}-{obligation.uid}-{user.uid}",
        "to": user,
        "subject": f"Công văn đôn đốc số {letter.number}: {what} năm {year}",
        "body": (
            f"Kính gửi {user.full_name},\n\n"
            f"Cơ quan thường trực đã ban hành công văn số {letter.number} ngày {ngay(letter.signed_on)} "
            f"đôn đốc các đơn vị chưa {what} năm {year}, trong đó có {obligation.unit.name}.\n"
            f"Hạn cuối của đơn vị: {gio_giay_ngay(last_instant(obligation.due))}.\n"
            f"Xem công văn: {_link(letter)}\n\nCổng thi đua chuyển đổi số tỉnh Lào Cai\n"
        ),
        "case_uid": obligation.uid,
        "unit_uid": obligation.unit.uid,
        "still_due": "registrations.emails.still_urged",
    }


def still_urged(mail) -> outbox.Words | None:
    """Asked just before a letter's mail leaves: has the unit filed meanwhile?"""
    is_owed = Obligation.objects.outstanding().filter(uid=mail.case_uid).exists()
    return outbox.Words(mail.subject, mail.body) if is_owed else None
