"""One way to change a state.

An app lists the transitions of an object in a `Workflow` and writes one function
per action in its `workflow.py`:

    with REGISTRATION.perform("confirm", registration, by=user, acting=unit) as step:
        step.require(checks.missing_for_confirming(step.object))
        step.object.confirmed_at = step.at

Order inside `perform`: atomic, lock the row, rule, table, comment; then the body
(checks, fields); then state, save and `Event`. Mail and rendering are asked for
with `transaction.on_commit` by the body.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction

from core import clock
from core.findings import Finding
from core.models import Event


class Refused(Exception):
    """An action that may not happen now; carries the reasons, for people.

    `status` is the HTTP answer: 409 for a stale page or a wrong state, 422 for
    something that is lacking, 403 for a right that is missing.
    """

    def __init__(self, message: str, findings: Iterable[Finding] = (), status: int = 409):
        super().__init__(message)
        self.findings = list(findings)
        self.status = status

    def as_list(self) -> list[dict]:
        return [{"field": f.field, "message": f.message} for f in self.findings]


@dataclass(frozen=True)
class Transition:
    """One row of a state table. `permission` is the verb; the rule is `<app>.<verb>_<model>`."""

    action: str
    sources: tuple[str, ...]
    target: str
    label: str
    needs_comment: bool = False
    #: how a reader of the history reads it: "đã nộp đăng ký"
    sentence: str = ""


@dataclass
class Step:
    """The locked object of a running transition and the instant it happens at."""

    object: models.Model
    transition: Transition
    at: datetime
    comment: str
    data: dict = field(default_factory=dict)
    #: where it goes, when that depends on where the object came from; else the table's target
    target: str = ""

    def require(self, findings: Iterable[Finding]) -> None:
        blocking = [f for f in findings if f.blocks]
        if blocking:
            raise Refused("Chưa thực hiện được vì còn thiếu nội dung.", blocking, status=422)


class Workflow:
    """The transition table of one model."""

    def __init__(self, model: type[models.Model], *transitions: Transition):
        self.model = model
        self.transitions = {t.action: t for t in transitions}

    def permission(self, action: str) -> str:
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"

    def available(self, obj, user) -> list[Transition]:
        """The actions this user may take on this object as it stands."""
        state = obj.state
        return [
            t
            for t in self.transitions.values()
            if state in t.sources and user.has_perm(self.permission(t.action), obj)
        ]

    @contextmanager
    def perform(
        self, action: str, obj, *, by, acting=None, comment: str = "", is_consequence: bool = False
    ) -> Iterator[Step]:
        """`is_consequence`: the act follows from one already authorised on another object."""
        transition = self.transitions[action]
        with transaction.atomic():
            locked = self.model._base_manager.select_for_update().get(pk=obj.pk)
            before = locked.state
            if not is_consequence and not by.has_perm(self.permission(action), locked):
                raise Refused("Bạn không có quyền thực hiện việc này.", status=403)
            if before not in transition.sources:
                label = locked.get_state_display()
                raise Refused(
                    f"Không thể {transition.label.lower()}: hiện đang ở trạng thái “{label}”. "
                    "Có thể trang đã cũ, hãy tải lại trang.",
                )
            if transition.needs_comment and not comment.strip():
                finding = Finding("Hãy ghi rõ ý kiến hoặc lý do.", field="comment")
                raise Refused("Cần ghi ý kiến.", [finding], status=422)
            step = Step(locked, transition, clock.now(), comment.strip())
            yield step
            after = locked.state = step.target or transition.target
            locked.save()
            Event.record(
                action,
                locked,
                by=by,
                acting=acting,
                before=before,
                after=after,
                comment=step.comment,
                data=step.data,
                at=step.at,
            )
        # The caller's copy must show what happened.
        obj.refresh_from_db()

    def perform_all(self, action: str, rows, *, by, acting=None, comment: str = "") -> list[models.Model]:
        """What follows for every row of a queryset from an act already authorised on another object: locked,
        changed and recorded together, in a number of statements that does not grow with them.

        Returns the rows as they are now, in the queryset's order; changes none when one of them may not.
        """
        transition = self.transitions[action]
        with transaction.atomic():
            locked = list(rows.select_for_update(of=("self",)))
            wrong = next((row for row in locked if row.state not in transition.sources), None)
            if wrong is not None:
                raise Refused(
                    f"Không thể {transition.label.lower()}: {wrong} đang ở trạng thái "
                    f"“{wrong.get_state_display()}”. Có thể trang đã cũ, hãy tải lại trang."
                )
            before = [(row, row.state) for row in locked]
            self.model._base_manager.filter(pk__in=[row.pk for row in locked]).update(state=transition.target)
            for row in locked:
                row.state = transition.target
            Event.record_all(
                action, before, by=by, acting=acting, after=transition.target, comment=comment.strip()
            )
        return locked
