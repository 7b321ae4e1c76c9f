"""When may it happen to a criteria set, and what then? The only place that changes its state."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from core import clock, files
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from criteria import checks
from criteria.enums import SetState
from criteria.models import CriteriaSet, Criterion, Scale, content_hash

SET = Workflow(
    CriteriaSet,
    Transition(
        "put_in_force", ("draft",), "in_force", "Đưa vào áp dụng", sentence="đã đưa bộ tiêu chí vào áp dụng"
    ),
    Transition(
        "supersede", ("in_force",), "superseded", "Thay thế", sentence="đã thay bằng bộ tiêu chí khác"
    ),
    Transition(
        "retire",
        ("in_force",),
        "retired",
        "Thôi áp dụng",
        needs_comment=True,
        sentence="đã cho bộ tiêu chí thôi áp dụng",
    ),
)
STALE = "Bộ tiêu chí vừa được người khác sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi."


def start(*, by, acting=None, copy_of=None, **head) -> CriteriaSet:
    """A new draft, empty or with the criteria of another set; `head` are the fields of the set."""
    with transaction.atomic():
        draft = CriteriaSet.objects.create(**head)
        if copy_of is not None:
            rows = copy_of.criteria.values(*Criterion.CONTENT_FIELDS)
            Criterion.objects.bulk_create(Criterion(criteria_set=draft, **row) for row in rows)
        data = {"copy_of": copy_of.code} if copy_of else {}
        Event.record("start", draft, by=by, acting=acting, after=draft.state, data=data)
    return draft


def edit_head(criteria_set, *, by, version: int, acting=None, **head) -> None:
    with _draft(criteria_set, by, version) as draft:
        for name, value in head.items():
            setattr(draft, name, value)
        draft.save()
        Event.record("edit", draft, by=by, acting=acting)
    criteria_set.refresh_from_db()


def save_criterion(criterion: Criterion, *, by, version: int, acting=None) -> None:
    """Write a criterion of a draft, new or changed; a new one comes last."""
    with _draft(criterion.criteria_set, by, version) as draft:
        if criterion.position is None:
            last = draft.criteria.order_by("position").last()
            criterion.position = last.position + 1 if last else 1
        criterion.save()
        Event.record("edit", draft, by=by, acting=acting, data={"criterion": criterion.code})


def remove_criterion(criterion: Criterion, *, by, version: int, acting=None) -> None:
    with _draft(criterion.criteria_set, by, version) as draft:
        criterion.delete()
        Event.record("remove", draft, by=by, acting=acting, data={"criterion": criterion.code})


def put_in_force(criteria_set, *, by, sha256: str, acting=None) -> None:
    """The draft as read (`sha256` of its content) binds from now on and never changes again.

    Sets in force whose days it takes over are superseded in the same act.
    """
    try:
        with SET.perform("put_in_force", criteria_set, by=by, acting=acting) as step:
            draft = step.object
            content = content_hash(draft.content())
            if content != sha256:
                raise Refused(STALE)
            step.require(checks.missing_for_putting_in_force(draft))
            for old in checks.overlapping(draft):
                with SET.perform("supersede", old, by=by, acting=acting, is_consequence=True) as superseded:
                    superseded.data = {"by": draft.code}
            draft.sha256 = content
            step.data = {"sha256": content}
    except IntegrityError as error:
        # Two leads at once: the database lets one set have the days.
        raise Refused("Vừa có bộ tiêu chí khác được đưa vào áp dụng trong thời gian này.") from error


def retire(criteria_set, *, by, comment: str, acting=None) -> None:
    with SET.perform("retire", criteria_set, by=by, acting=acting, comment=comment) as step:
        step.require(checks.uses_of(step.object))


def issue_scale(
    criteria_set, *, by, number: str, issued_on, upload, points: dict[str, int], acting=None
) -> Scale:
    """Record that the standing body has issued points for the criteria of a set, by a document."""
    with transaction.atomic():
        locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
        if not by.has_perm("criteria.issue_scale", locked):
            raise Refused("Bạn không có quyền ban hành thang điểm.", status=403)
        if locked.state != SetState.IN_FORCE:
            raise Refused("Chỉ ghi nhận thang điểm cho bộ tiêu chí đang áp dụng.")
        if findings := checks.faults_of_points(locked.criteria.all(), points):
            raise Refused("Chưa ghi nhận được thang điểm.", findings, status=422)
        scale = Scale.objects.create(
            criteria_set=locked,
            number=number,
            issued_on=issued_on,
            document=files.store(upload, by=by),
            points=points,
            recorded_at=clock.now(),
            recorded_by=by,
        )
        data = {"number": number, "points": points}
        Event.record("issue_scale", scale, by=by, acting=acting, data=data, case=locked)
    return scale


@contextmanager
def _draft(criteria_set, by, version):
    """The draft, locked, as its editor saw it at `version`; the next version once the body is done."""
    with transaction.atomic():
        draft = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
        if not by.has_perm("criteria.edit_criteriaset", draft):
            raise Refused("Bạn không có quyền sửa bộ tiêu chí.", status=403)
        if draft.state != SetState.DRAFT:
            raise Refused(
                f"Không sửa được: bộ tiêu chí đang ở trạng thái “{draft.get_state_display()}”."
                " Hãy nhân bản thành một bản nháp mới."
            )
        if draft.version != version:
            raise Refused(STALE)
        yield draft
        CriteriaSet.objects.filter(pk=draft.pk).update(version=version + 1)
