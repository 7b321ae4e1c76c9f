"""Acts of the standing body on many units at once: each row in its own transaction, with its own outcome."""

import logging

from celery import current_app
from django.db import transaction
from django.utils.timezone import localtime

from core import clock, hints
from core.calendar import day_bounds
from core.models import Event
from core.templatetags.vn import gio_ngay
from core.transitions import Refused
from core.vietnamese import format_number
from registrations import reminders
from registrations.enums import BoardAct, ObligationKind, RowOutcome
from registrations.models import BulkAct, BulkActRow, Obligation, Registration, Reminder
from registrations.workflow.registration import confirm
from units.enums import Role
from units.lineage import people_at
from units.models import User

logger = logging.getLogger(__name__)

MOST_ROWS = 2000
#: up to so many are done while the person waits, more by a worker
AT_ONCE = 25


def start_bulk(act, obligations, *, title, request_key, seen_at, wording=None, by, acting=None) -> BulkAct:
    """Begin an act on these obligations as shown at `seen_at`; the same key again is the same act."""
    if not by.has_perm("registrations.act_on_board"):
        raise Refused("Bạn không có quyền thực hiện việc này.", status=403)
    chosen = list(obligations[: MOST_ROWS + 1])
    if not chosen:
        raise Refused("Chưa chọn đơn vị nào. Hãy đánh dấu ít nhất một đơn vị trong danh sách.", status=422)
    if len(chosen) > MOST_ROWS:
        most = format_number(MOST_ROWS)
        raise Refused(
            f"Mỗi lần làm được nhiều nhất {most} đơn vị. Hãy lọc bớt rồi làm từng phần.", status=422
        )
    with transaction.atomic():
        bulk, is_new = BulkAct.objects.get_or_create(
            request_key=request_key,
            defaults={
                "act": act,
                "title": title,
                "wording": wording,
                "seen_at": min(seen_at, clock.now()),
                "by": by,
                "acting": acting,
                "created_at": clock.now(),
            },
        )
        if not is_new:
            if bulk.by_id != by.pk:
                raise Refused("Mã yêu cầu này đã được dùng. Hãy tải lại trang rồi thử lại.")
            return bulk
        BulkActRow.objects.bulk_create(BulkActRow(act=bulk, obligation=obligation) for obligation in chosen)
        Event.record(f"bulk_{act}", bulk, by=by, acting=acting, data={"rows": len(chosen), "title": title})
    if len(chosen) <= AT_ONCE:
        run_bulk(bulk)
    else:
        hints.give(
            lambda: current_app.send_task("registrations.tasks.run_bulk_act", kwargs={"act_id": bulk.pk})
        )
    return bulk


def run_bulk(bulk: BulkAct) -> None:
    """Do what is still waiting. Two at once share the rows; a killed one leaves none half done."""
    for pk in list(bulk.rows.filter(outcome=RowOutcome.WAITING).values_list("pk", flat=True)):
        _run_row(bulk, pk)
    if not bulk.rows.filter(outcome=RowOutcome.WAITING).exists():
        BulkAct.objects.filter(pk=bulk.pk, finished_at=None).update(finished_at=clock.now())


def run_unfinished() -> int:
    """Finish what a dead worker or broker has left; returns how many acts that were."""
    unfinished = list(BulkAct.objects.filter(finished_at=None).select_related("by", "acting", "wording"))
    for bulk in unfinished:
        run_bulk(bulk)
    return len(unfinished)


@transaction.atomic
def _run_row(bulk, pk):
    rows = BulkActRow.objects.select_for_update(skip_locked=True, of=("self",))
    row = (
        rows.select_related("obligation__unit", "obligation__period")
        .filter(pk=pk, outcome=RowOutcome.WAITING)
        .first()
    )
    if row is None:
        return
    row.outcome = RowOutcome.DONE
    try:
        with transaction.atomic():
            {BoardAct.CONFIRM: _confirm, BoardAct.REMIND: _remind}[bulk.act](bulk, row.obligation)
    except Refused as refused:
        row.outcome = RowOutcome.REFUSED
        row.reason = " ".join([str(refused), *(finding.message for finding in refused.findings)])[:300]
    except Exception:  # one row that fails must not keep the others from being done
        logger.exception("Row %s of bulk act %s failed", row.pk, bulk.uid)
        row.outcome, row.reason = RowOutcome.REFUSED, "Lỗi ngoài dự kiến. Hãy mở riêng đơn vị này để làm."
    row.save(update_fields=["outcome", "reason"])


def _confirm(bulk, obligation):
    if obligation.kind != ObligationKind.REGISTRATION:
        raise Refused("Chỉ đăng ký thi đua được xác nhận hàng loạt.")
    of_unit = Registration.objects.filter(period=obligation.period, unit=obligation.unit)
    registration = of_unit.select_related("period", "unit").first()
    if registration is None or registration.first_filed_at is None:
        raise Refused("Đơn vị chưa nộp đăng ký.")
    if registration.filed_at > bulk.seen_at:
        raise Refused("Đơn vị nộp bản khác sau khi bạn mở danh sách. Hãy xem lại rồi xác nhận.")
    confirm(registration, by=bulk.by, version=registration.version, acting=bulk.acting)


def _remind(bulk, obligation):
    reminders.lock()
    if not Obligation.objects.outstanding().filter(pk=obligation.pk).exists():
        raise Refused("Đơn vị đã nộp hoặc được miễn, không còn gì để nhắc.")
    today = day_bounds(clock.today())[0]
    before = Reminder.objects.filter(obligation=obligation, act__isnull=False, mail__queued_at__gte=today)
    if last := before.select_related("mail").first():
        raise Refused(f"Hôm nay đã nhắc đơn vị này, lúc {gio_ngay(localtime(last.mail.queued_at))}.")
    people = User.objects.filter(pk__in=people_at(obligation.unit, Role.FILER), is_active=True).order_by("pk")
    if not people:
        raise Refused("Đơn vị chưa có người lập hồ sơ để nhận thư. Hãy mời người của đơn vị vào cổng.")
    reminders.remind_by_hand(obligation, people, act=bulk)
    Event.record("remind", obligation, by=bulk.by, acting=bulk.acting, data={"people": len(people)})
