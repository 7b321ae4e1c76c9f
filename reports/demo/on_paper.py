"""A registration that came by post and was entered by a clerk of the standing body."""

from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.files import PDF
from registrations import workflow
from registrations.enums import Channel
from registrations.models import Period
from reports.demo import texts
from reports.demo.papers import content, uid
from reports.demo.world import World
from units.enums import Kind


def enter_one(world: World, period: Period, now: datetime) -> None:
    """The first commune by name that has nothing in this year's period, entered the other day."""
    day = clock.local_date(now) - timedelta(days=2)
    if not period.opens_on <= day <= period.locks_on:
        return
    begun = set(period.registrations.values_list("unit_id", flat=True))
    communes = (u for u in world.units.values() if u.kind == Kind.COMMUNE and u.pk not in begun)
    unit = min(communes, key=lambda u: u.sort_name)
    clerk, rng = world.people["demo.stttt"], Random("on paper")
    acting = world.standing_body
    with clock.played_at(now - timedelta(days=1)):
        registration = workflow.enter_on_paper(period, unit, by=clerk, acting=acting)
        written = workflow.content_of(registration)
        written["contact"] = {"name": texts.person(rng, "female"), "phone": "0000.000.456"}
        written["fields"] = ["a"]
        written["objectives"] = texts.objectives(unit.tier, period.year, rng)
        written["targets"][0]["level"] = "80%"
        task = texts.TEXTS["tasks"]["a"][0]
        written["tasks"] = [
            {
                "key": str(uid("on-paper", "task")),
                "name": f"{task['name']} {texts.MARK}",
                "product": task["product"],
                "field": "a",
                "due": f"{period.year}-09-30",
                "in_charge": "Văn phòng",
            }
        ]
        workflow.save_draft(
            registration,
            by=clerk,
            version=registration.version,
            content=written,
            uploads=[SimpleUploadedFile("ban-giay.pdf", content("ke-hoach.pdf"), content_type=PDF)],
            paper={"channel": Channel.POST, "paper_number": "125/Đ-MH", "received_on": day},
        )
        workflow.file(
            registration,
            by=clerk,
            version=registration.version,
            request_key=uid("on-paper", "file"),
            acting=acting,
        )
