"""When may it happen to an inspection, its visits and findings, and what then?"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, files, rendering
from core.findings import Finding as Lack
from core.models import Event, ReferenceCounter
from core.models.document import PAPER_FORMATS
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.models import (
    Finding,
    FindingAnswer,
    FindingFile,
    Inspection,
    InspectionMember,
    InspectionPlan,
    Visit,
)

INSPECTION = Workflow(
    Inspection,
    Transition("start", ("planned",), "under_way", "Bắt đầu", sentence="đã ra quyết định, bắt đầu kiểm tra"),
    Transition("conclude", ("under_way",), "concluded", "Kết thúc", sentence="đã kết thúc đợt kiểm tra"),
    Transition("close", ("concluded",), "closed", "Đóng", sentence="đã đóng đợt kiểm tra"),
    Transition(
        "cancel",
        ("planned", "under_way"),
        "cancelled",
        "Hủy",
        needs_comment=True,
        sentence="đã hủy đợt kiểm tra",
    ),
)
VISIT = Workflow(
    Visit,
    Transition(
        "communicate",
        ("planned",),
        "communicated",
        "Thông báo kết quả",
        sentence="đã thông báo kết quả kiểm tra cho",
    ),
    Transition(
        "recall",
        ("communicated",),
        "planned",
        "Thu lại kết quả",
        needs_comment=True,
        sentence="đã thu lại kết quả kiểm tra của",
    ),
)
FINDING = Workflow(
    Finding,
    Transition("answer", ("open",), "answered", "Trả lời", sentence="đã trả lời phát hiện tại"),
    Transition(
        "accept", ("open", "answered"), "closed", "Chấp nhận", sentence="đã chấp nhận việc khắc phục tại"
    ),
    Transition(
        "reopen",
        ("answered", "closed"),
        "open",
        "Yêu cầu làm tiếp",
        needs_comment=True,
        sentence="đã yêu cầu làm tiếp phát hiện tại",
    ),
)
MINUTES, REPORT = "inspection_minutes", "inspection_report"


def record_plan(period, *, by, number, signed_on, note="", upload=None, acting=None) -> InspectionPlan:
    """Record the signed plan of the year's inspections, or correct what was recorded."""
    if not by.has_perm("registrations.record_inspectionplan"):
        raise Refused("Chỉ cơ quan thường trực ghi kế hoạch kiểm tra.", status=403)
    with transaction.atomic():
        plan = InspectionPlan.objects.select_for_update().filter(period=period).first()
        if plan is None and upload is None:
            raise Refused("Chưa ghi được.", [Lack("Hãy đính kèm kế hoạch đã ký.", field="upload")], 422)
        before = _written(plan, ("number", "signed_on", "note")) if plan else {}
        plan = plan or InspectionPlan(period=period)
        plan.number, plan.signed_on, plan.note = number, signed_on, note
        if upload:
            plan.file = files.store(upload, by=by)
        plan.save()
        Event.record("record_plan", plan, by=by, acting=acting, data={"before": before})
    return plan


def plan(period, *, by, values: dict, acting=None) -> Inspection:
    """Put an inspection into the year's plan."""
    if not by.has_perm("registrations.plan_inspection"):
        raise Refused("Chỉ cơ quan thường trực lập đợt kiểm tra.", status=403)
    with transaction.atomic():
        inspection = Inspection.objects.create(
            period=period,
            reference=ReferenceCounter.next_reference("KT", period.year),
            created_at=clock.now(),
            **values,
        )
        Event.record("plan", inspection, by=by, acting=acting, after=inspection.state)
    return inspection


@contextmanager
def _while(inspection, *states):
    """Hold the inspection still in one of `states`; it is always locked before what belongs to it."""
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
        if locked.state not in states:
            label = locked.get_state_display()
            raise Refused(f"Không thực hiện được: đợt kiểm tra đang ở trạng thái “{label}”.")
        yield locked


@contextmanager
def _changing(inspection, *, by, permission, on=None, states=("planned", "under_way")):
    """The locked inspection, for an act that changes no state; `on` is what the permission is asked of."""
    with _while(inspection, *states) as locked:
        if not by.has_perm(f"registrations.{permission}", on or locked):
            raise Refused("Bạn không có quyền thực hiện việc này.", status=403)
        yield locked


def edit(inspection, *, by, version: int, values: dict, acting=None) -> None:
    """Change name, days and purpose, as read at `version`."""
    with _changing(inspection, by=by, permission="edit_inspection") as locked:
        if locked.version != version:
            raise Refused("Người khác vừa sửa đợt kiểm tra này. Hãy xem lại bản mới rồi sửa tiếp.")
        before = _written(locked, values)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        Event.record("edit", locked, by=by, acting=acting, data={"before": before})
    inspection.refresh_from_db()


def add_member(inspection, *, by, values: dict, acting=None) -> InspectionMember:
    with _changing(inspection, by=by, permission="edit_inspection") as locked:
        member = InspectionMember(inspection=locked, **values)
        _refuse_what_is_never_stored(member)
        member.save()
        Event.record("add_member", member, by=by, acting=acting, data={"name": member.name})
    return member


def remove_member(member, *, by, acting=None) -> None:
    with _changing(member.inspection, by=by, permission="edit_inspection") as locked:
        if member.role == "head" and locked.state == "under_way":
            raise Refused("Đoàn đang kiểm tra không thể thiếu trưởng đoàn.")
        Event.record("remove_member", member, by=by, acting=acting, data={"name": member.name})
        member.delete()


def add_visit(inspection, *, by, values: dict, acting=None) -> Visit:
    """Put a unit into the programme; one added while the team is on its way is told at once."""
    with _changing(inspection, by=by, permission="edit_inspection") as locked:
        visit = Visit(inspection=locked, **values)
        _refuse_what_is_never_stored(visit)
        visit.save()
        Event.record("add_visit", visit, by=by, acting=acting, data={"name": visit.unit.name})
        if locked.state == "under_way":
            emails.inspection_announced(visit)
    return visit


def remove_visit(visit, *, by, acting=None) -> None:
    with _changing(visit.inspection, by=by, permission="edit_inspection"):
        if visit.findings.exists() or visit.state != "planned":
            raise Refused("Đã có phát hiện tại đơn vị này, không bỏ khỏi chương trình được.")
        Event.record("remove_visit", visit, by=by, acting=acting, data={"name": visit.unit.name})
        visit.delete()


def start(inspection, *, by, number, signed_on, upload, acting=None) -> None:
    """Announce the inspection: its decision, its team, its programme; whoever is visited is told."""
    with INSPECTION.perform("start", inspection, by=by, acting=acting) as step:
        decision = {"number": number, "signed_on": signed_on, "file": upload}
        step.require(checks.missing_for_starting(step.object, decision))
        step.object.decision_number, step.object.decision_on = number.strip(), signed_on
        step.object.decision_file = files.store(upload, by=by)
        for visit in step.object.visits.select_related("unit"):
            emails.inspection_announced(visit)
        emails.team_called(step.object)


def record(visit, *, by, representatives, summary, acting=None) -> None:
    """Write down who received the team and what it thinks on the whole."""
    with _recording(visit, by=by) as locked:
        before = _written(locked, ("representatives", "summary"))
        locked.representatives, locked.summary = representatives, summary
        locked.save()
        data = {"name": locked.unit.name, "before": before}
        Event.record("record", locked, by=by, acting=acting, data=data)
    visit.refresh_from_db()


@contextmanager
def _recording(visit, *, by):
    """The locked visit, while the team may still write what it found there."""
    with _changing(
        visit.inspection, by=by, permission="record_visit", on=visit, states=("under_way",)
    ) as inspection:
        locked = Visit.objects.select_for_update().get(pk=visit.pk)
        locked.inspection = inspection
        if locked.state != "planned":
            raise Refused("Kết quả đã thông báo cho đơn vị. Hãy thu lại kết quả trước khi sửa.")
        yield locked


def save_finding(visit, *, by, values: dict, finding=None, upload=None, removed=(), acting=None) -> Finding:
    """Add a finding to the visit, or change `finding`; `removed` are uids of files to take away."""
    with _recording(visit, by=by) as locked:
        act = "change_finding" if finding else "add_finding"
        before = _written(finding, values) if finding else {}
        finding = finding or Finding(visit=locked)
        for name, value in values.items():
            setattr(finding, name, value)
        finding.save()
        if upload:
            FindingFile.objects.create(finding=finding, file=files.store(upload, by=by))
        finding.files.filter(answer__isnull=True, file__uid__in=removed).delete()
        data = {"name": locked.unit.name, "before": before}
        Event.record(act, finding, by=by, acting=acting, data=data)
    return finding


def remove_finding(finding, *, by, acting=None) -> None:
    with _recording(finding.visit, by=by):
        if finding.answers.exists():
            raise Refused("Đơn vị đã trả lời phát hiện này, không bỏ được.")
        before = _written(finding, ("kind", "text", "remedy", "due"))
        data = {"name": finding.visit.unit.name, "before": before}
        Event.record("remove_finding", finding, by=by, acting=acting, data=data)
        finding.delete()


def communicate(visit, *, by, acting=None) -> None:
    """Tell the unit what was found; from now on it reads and answers."""
    with (
        _while(visit.inspection, "under_way"),
        VISIT.perform("communicate", visit, by=by, acting=acting) as step,
    ):
        step.data = {"name": step.object.unit.name}
        step.require(checks.missing_for_communicating(step.object))
        step.object.communicated_at = step.at
        emails.findings_communicated(step.object)


def recall(visit, *, by, comment, acting=None) -> None:
    """Take the results back to mend them, as long as the unit has not answered."""
    with (
        _while(visit.inspection, "under_way"),
        VISIT.perform("recall", visit, by=by, acting=acting, comment=comment) as step,
    ):
        step.data = {"name": step.object.unit.name}
        if step.object.findings.exclude(state="open").exists():
            raise Refused("Đơn vị đã trả lời hoặc phát hiện đã đóng, không thu lại được.")
        emails.findings_recalled(step.object, step.comment, step.at)


def answer(finding, *, by, text, upload=None, acting=None) -> FindingAnswer:
    """The unit says what it has done about the finding; the team is told."""
    with (
        _while(finding.case, "under_way", "concluded"),
        FINDING.perform("answer", finding, by=by, acting=acting, comment=text) as step,
    ):
        step.data = {"name": step.object.visit.unit.name}
        if not text.strip():
            raise Refused("Chưa gửi được.", [Lack("Hãy nêu đơn vị đã làm gì.", field="text")], 422)
        given = FindingAnswer.objects.create(
            finding=step.object, text=step.comment, answered_at=step.at, answered_by=by
        )
        if upload:
            FindingFile.objects.create(finding=step.object, answer=given, file=files.store(upload, by=by))
        emails.finding_answered(given)
    return given


def accept(finding, *, by, comment="", acting=None) -> None:
    """Close the finding; one the unit has not answered here needs a word on what the team saw."""
    with (
        _while(finding.case, "under_way", "concluded"),
        FINDING.perform("accept", finding, by=by, acting=acting, comment=comment) as step,
    ):
        step.data = {"name": step.object.visit.unit.name}
        if step.object.state == "open" and not step.comment:
            message = "Đơn vị chưa trả lời trên cổng; hãy ghi vì sao coi là đã khắc phục."
            raise Refused("Cần ghi ý kiến.", [Lack(message, field="comment")], 422)
        step.object.closed_at = step.at


def reopen(finding, *, by, comment, acting=None) -> None:
    with (
        _while(finding.case, "under_way", "concluded"),
        FINDING.perform("reopen", finding, by=by, acting=acting, comment=comment) as step,
    ):
        step.data = {"name": step.object.visit.unit.name}
        step.object.closed_at = None
        emails.finding_reopened(step.object, step.comment, step.at)


def conclude(inspection, *, by, conclusion, acting=None) -> None:
    """The visits are over and told; what remains is to be put right."""
    with INSPECTION.perform("conclude", inspection, by=by, acting=acting) as step:
        step.require(checks.missing_for_concluding(step.object, conclusion))
        step.object.conclusion, step.object.concluded_at = conclusion.strip(), step.at


def close(inspection, *, by, acting=None) -> None:
    with INSPECTION.perform("close", inspection, by=by, acting=acting) as step:
        step.require(checks.missing_for_closing(step.object))


def cancel(inspection, *, by, comment, acting=None) -> None:
    with INSPECTION.perform("cancel", inspection, by=by, acting=acting, comment=comment) as step:
        if step.object.visits.filter(state="communicated").exists():
            raise Refused("Đã thông báo kết quả cho đơn vị, không hủy được. Hãy kết thúc đợt kiểm tra.")
        if step.object.state == "under_way":
            for visit in step.object.visits.select_related("unit"):
                emails.inspection_cancelled(visit, step.comment)


def print_report(inspection, *, by) -> None:
    """Ask for the report on the whole inspection, as it stands now."""
    _print(
        inspection,
        REPORT,
        f"Báo cáo kết quả kiểm tra {inspection.reference}",
        "registrations.tasks.render_inspection_report",
        by,
    )


def print_minutes(visit, *, by) -> None:
    """Ask for the minutes of one visit, as they stand now."""
    _print(
        visit,
        MINUTES,
        f"Biên bản kiểm tra {visit.inspection.reference}, {visit.unit.name}"[:200],
        "registrations.tasks.render_inspection_minutes",
        by,
    )


def _print(obj, kind, title, task, by):
    for format in PAPER_FORMATS:
        rendering.request(kind=kind, title=title, obj=obj, task=task, by=by, format=format)


def _written(obj, names) -> dict:
    """What stood in these fields, as plain values for the history."""
    return {name: str(value) if (value := getattr(obj, name)) is not None else None for name in names}


def _refuse_what_is_never_stored(obj):
    """Say in words what the database would refuse."""
    try:
        obj.validate_constraints()
    except ValidationError as error:
        raise Refused("Chưa lưu được.", [Lack(message) for message in error.messages], 422) from error
