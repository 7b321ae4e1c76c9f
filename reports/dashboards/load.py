"""Who of a body has how much on the table."""

from django.db.models import Count
from django.urls import reverse

from awards.workflow.assignment import people_of
from core.vietnamese import format_number
from registrations.models import Report
from reports.dashboards.awards import dossiers_of, dossiers_url, overdue
from reports.dashboards.blocks import Block, Row, bar, count, legend_of
from units.enums import Function


def of_people(user) -> Block:
    """Reports and dossiers under appraisal of each person of the body, and what nobody has taken."""
    body = Function.STANDING_BODY if user.authority.is_standing_body else Function.COMMENDATION_BODY
    reports = dict(Report.objects.on_desk().order_by().values_list("assigned_to").annotate(Count("pk")))
    found = dossiers_of(user).on_desk().order_by().values("assigned_to")
    dossiers = {
        row["assigned_to"]: row
        for row in found.annotate(total=Count("pk"), overdue=Count("pk", filter=overdue()))
    }
    people = [(person.full_name, str(person.uid), person.pk) for person in people_of(body)]
    loads = [
        (label, whose, reports.get(pk, 0), {"total": 0, "overdue": 0} | dossiers.get(pk, {}))
        for label, whose, pk in [*people, ("Chưa giao cho ai", "chua", None)]
    ]
    most = max(reported + held["total"] for _, _, reported, held in loads)
    rows = tuple(_row(*load, most) for load in loads)
    return Block(
        "nguoi-tham-dinh",
        "Việc đang giao cho từng người",
        "Người thẩm định",
        ("Báo cáo chờ thẩm định", "Hồ sơ chờ thẩm định", "Hồ sơ quá hạn"),
        rows,
        legend_of(rows),
        "Báo cáo và hồ sơ chờ thẩm định của từng người; bên phải: tổng số",
    )


def _row(label, whose, reports, dossiers, most) -> Row:
    held, late = dossiers["total"], dossiers["overdue"]
    return Row(
        label,
        (
            count(reports, f"{reverse('registrations:verification')}?whose={whose}"),
            count(held, dossiers_url(state="submitted", whose=whose)),
            count(late, dossiers_url(state="submitted", whose=whose, age="qua-han")),
        ),
        bar(("Báo cáo", "info", reports, False), ("Hồ sơ", "gold", held, False), whole=most),
        format_number(reports + held),
    )
