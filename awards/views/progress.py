"""Where a dossier is: who has it, since when, how much time is left, what comes next."""

from awards.enums import DossierState, NomineeState
from core import clock
from core.calendar import corrections, working_days_between
from units.enums import Function
from units.models import UnitFunction


def steps_of(dossier) -> list[dict]:
    """For `components/stepper.html`; stages only, so that it may be shown before publication."""
    if dossier.state in (DossierState.WITHDRAWN, DossierState.REJECTED):
        return []
    is_draft = dossier.state == DossierState.DRAFT
    is_returned = dossier.state == DossierState.RETURNED
    is_published = dossier.nominees.filter(state=NomineeState.AWARDED).exists()
    compiling = {"label": "Lập hồ sơ", "state": "current" if is_draft else "done", "who": dossier.unit.name}
    submitting = {"label": "Nộp", "state": "todo" if is_draft else "done"}
    if dossier.submitted_at:
        submitting["when"] = f"Lúc {_local(dossier.submitted_at)}"
    appraising = {"label": "Thẩm định", "state": "todo", "who": _holder(Function.STANDING_BODY)}
    deciding = {"label": "Xét khen thưởng", "state": "todo", "who": _holder(Function.COMMENDATION_BODY)}
    publishing = {"label": "Công bố", "state": "todo"}
    if is_returned:
        supplement = {"label": "Bổ sung", "state": "current", "who": dossier.unit.name}
        supplement["when"] = f"Hạn: hết ngày {dossier.supplement_due:%d/%m/%Y}"
        return [compiling, submitting, supplement, appraising, deciding, publishing]
    if dossier.state == DossierState.SUBMITTED:
        appraising |= {"state": "current", "when": time_left(dossier)}
    elif dossier.state == DossierState.APPRAISED:
        appraising |= {"state": "done", "when": f"Xong {_local(dossier.appraised_at)}"}
        deciding["state"] = "done" if is_published else "current"
        publishing["state"] = "done" if is_published else "todo"
    return [compiling, submitting, appraising, deciding, publishing]


def _holder(function) -> str:
    unit = UnitFunction.holder(function)
    return unit.name if unit else ""


def time_left(dossier, known=None) -> str:
    """What remains of the time for the appraisal, or until when a supplement is due; "" for the rest."""
    known = corrections() if known is None else known
    if dossier.state == DossierState.RETURNED:
        left = working_days_between(clock.today(), dossier.supplement_due, known)
        until = f"bổ sung đến hết {dossier.supplement_due:%d/%m/%Y}"
        return (
            f"Còn {left} ngày làm việc, {until}" if left >= 0 else f"Quá hạn {-left} ngày làm việc, {until}"
        )
    if dossier.state != DossierState.SUBMITTED or dossier.due_on is None:
        return ""
    left = working_days_between(clock.today(), dossier.due_on, known)
    if left < 0:
        return f"Quá hạn {-left} ngày làm việc (hạn {dossier.due_on:%d/%m/%Y})"
    return f"Còn {left} ngày làm việc (hạn {dossier.due_on:%d/%m/%Y})"


def _local(instant) -> str:
    return f"{clock.local_date(instant):%d/%m/%Y}"
