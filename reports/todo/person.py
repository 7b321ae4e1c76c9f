"""What awaits the person alone, whatever the unit: what he was named for, invited to, inspects."""

from core import clock
from registrations.models import Visit
from reports.todo.card import Todo
from units.models import Invitation


def of_named(user) -> list[Todo]:
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


def of_invited(user) -> list[Todo]:
    return [
        Todo(
            title=f"Lời mời làm việc cho {invitation.unit.name}",
            text=f"Vai trò: {invitation.role_labels}.",
            button="Xem lời mời",
            url=invitation.get_absolute_url(),
        )
        for invitation in Invitation.objects.open().filter(user=user).select_related("unit")
    ]


def of_team(user) -> list[Todo]:
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
