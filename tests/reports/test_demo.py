"""The demo's world, loaded once at a fixed instant: its counts, its truthfulness, its repeatability."""

import hashlib
import io
import json
from collections import Counter
from datetime import datetime

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder

from awards.models import Award, Dossier, Nominee, PublicRecord
from core import clock
from core.models import Event, EventPayload, OutboxMail
from registrations import workflow
from registrations.models import Obligation, Period, Registration, Report
from registrations.workflow.report import report_snapshot
from reports.demo.accounts import ACCOUNTS, PASSWORD
from units.models import Unit, User

NOW = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


def states(queryset) -> dict:
    return dict(Counter(queryset.values_list("state", flat=True)))


def row_counts() -> dict:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def check_the_years_are_played_through():
    registrations = {p.year: states(p.registrations) for p in Period.objects.filter(year__lte=2027)}
    reports = {p.year: states(p.reports) for p in Period.objects.filter(year__lte=2027)}

    assert registrations == {
        2022: {"confirmed": 218, "draft": 4, "returned": 7, "withdrawn": 1},
        2023: {"confirmed": 209, "draft": 7, "returned": 4, "withdrawn": 2},
        2024: {"confirmed": 224, "draft": 5, "returned": 7, "withdrawn": 3},
        2025: {"confirmed": 226, "draft": 5, "returned": 8, "withdrawn": 6},
        2026: {"confirmed": 230, "draft": 5, "returned": 8},
        2027: {"confirmed": 9, "draft": 34, "filed": 29, "returned": 1},
    }
    assert reports == {
        2022: {"draft": 6, "returned": 6, "verified": 200},
        2023: {"draft": 4, "returned": 5, "verified": 195},
        2024: {"draft": 7, "returned": 3, "verified": 207},
        2025: {"contested": 1, "draft": 7, "returned": 2, "submitted": 16, "verified": 194},
        2026: {"draft": 2},
        2027: {},
    }


def check_some_are_late_and_some_still_owe():
    periods = Period.objects.filter(year__lte=2027)
    late = {p.year: p.registrations.filter(is_late=True).count() for p in periods}
    owing = {p.year: p.obligations.outstanding().count() for p in periods}

    assert late == {2022: 19, 2023: 18, 2024: 23, 2025: 26, 2026: 18, 2027: 0}
    assert owing == {2022: 9, 2023: 8, 2024: 7, 2025: 10, 2026: 53, 2027: 136}


def check_the_first_batch_is_awarded_and_the_second_on_its_way():
    assert dict(Counter(Award.objects.values_list("kind", flat=True))) == {
        "collective": 40,
        "household": 3,
        "individual": 45,
    }
    assert Counter(PublicRecord.objects.values_list("kind", "state")) == {
        ("award", "valid"): 88,
        ("award", "corrected"): 1,
        ("award", "revoked"): 1,
        ("decision", "valid"): 1,
        ("progress", "valid"): 2,
    }
    assert states(Dossier.objects) == {"appraised": 33, "submitted": 7, "returned": 1, "draft": 2}
    assert states(Nominee.objects.filter(proposal__state="forwarded")) == {"recommended": 12}
    assert states(Nominee.objects) == {
        "awarded": 88,
        "not_recommended": 2,
        "not_selected": 1,
        "proposed": 23,
        "recommended": 18,
        "refused": 2,
    }


def check_loading_again_changes_nothing():
    before, said = row_counts(), io.StringIO()

    call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demo's data are there already.\n"
    assert row_counts() == before


def check_four_tiers_are_alive_and_the_invented_firms_say_so():
    operating = Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)
    firms = Unit.objects.filter(is_invented=True)

    assert {tier: operating.of_tier(tier).count() for tier in ("provincial", "district", "commune")} == {
        "provincial": 58,
        "district": 9,
        "commune": 152,
    }
    assert dict(Counter(firms.values_list("kind", flat=True))) == {
        "enterprise": 100,
        "cooperative": 50,
        "household_business": 50,
    }
    assert [firm.name for firm in firms if not firm.name.endswith("(minh họa)")] == []
    assert firms.values("name").distinct().count() == 200


def check_every_person_is_visibly_invented():
    people = [user.full_name for user in User.objects.all()]
    nominees = Nominee.objects.exclude(kind="collective").values_list("name", "position")

    assert [name for name in people if not name.endswith("(minh họa)")] == []
    assert [n for n in nominees if "Mẫu" not in n[0].split() or not n[1].endswith("(minh họa)")] == []
    assert [
        a.username for a in ACCOUNTS if authenticate(username=a.username, password=PASSWORD) is None
    ] == []


def check_every_evaluation_figure_and_place_comes_out_again():
    said = io.StringIO()

    call_command("replay_evaluations", stdout=said)

    assert said.getvalue() == "1.627 đánh giá, 813 báo cáo, 1 bảng xếp hạng: 0 khác khi tính lại.\n"


def check_what_was_filed_is_what_the_workflow_would_write():
    filed = Registration.objects.filter(first_filed_at__isnull=False).order_by("period__year", "reference")
    # A contested one has gained the unit's new evidence since.
    sent = Report.objects.exclude(sha256="").exclude(state="contested").order_by("period__year", "reference")

    assert [r.reference for r in filed[::25] if r.versions.last().snapshot != workflow.snapshot(r)] == []
    assert [r.reference for r in sent[::25] if r.snapshot != report_snapshot(r)] == []


def check_numbers_follow_the_order_of_filing():
    for period in Period.objects.filter(year__lte=2027):
        filed = period.registrations.exclude(reference="").order_by("first_filed_at", "id")
        references = [f"DK-{period.year}-{n:05}" for n in range(1, filed.count() + 1)]
        assert sorted(filed.values_list("reference", flat=True)) == references
        assert list(filed.values_list("reference", flat=True)) == references


def check_obligations_are_met_by_what_was_filed():
    for kind, filed, first in (
        ("registration", Registration.objects.exclude(state="withdrawn"), "first_filed_at"),
        ("annual_report", Report.objects, "first_submitted_at"),
    ):
        owed = Obligation.objects.filter(kind=kind)
        units = set(owed.values_list("period", "unit"))
        done = filed.filter(**{f"{first}__isnull": False}).values_list("period", "unit", first)

        met = owed.filter(met_at__isnull=False).values_list("period", "unit", "met_at")
        assert set(met) == {row for row in done if row[:2] in units}


def check_events_stand_in_the_order_of_time_and_keep_their_words():
    loose = [
        payload.pk
        for payload in EventPayload.objects.select_related("event")
        if payload.event.payload_sha256 != _commitment(payload)
    ]

    assert loose == []
    assert Event.objects.filter(at__gt=NOW).count() == 0


def _commitment(payload) -> str:
    body = {"comment": payload.comment, "data": payload.data}
    canonical = json.dumps(body, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((payload.salt + canonical).encode()).hexdigest()


def check_the_past_is_not_mailed():
    waiting = OutboxMail.objects.filter(state="queued").values_list("recipient__username", flat=True)

    assert (len(waiting), [name for name in waiting if not name.startswith("demo.")]) == (20, [])


def check_the_accounts_find_what_they_are_meant_to():
    found = {
        unit.code: unit.registrations.filter(period__year=2027).values_list("state", flat=True).first()
        for unit in Unit.objects.operating_on(clock.today()).filter(
            code__in=["SYT", "086", "02923", "MH0001"]
        )
    }
    reviewer = User.objects.get(username="demo.tdkt")
    waiting = Nominee.objects.filter(proposal__state="forwarded")

    assert found == {"SYT": "draft", "086": "filed", "02923": "returned", "MH0001": None}
    assert [n.name for n in waiting if not reviewer.has_perm("awards.judge_nominee", n)] == []


CHECKS = [
    check_the_years_are_played_through,
    check_some_are_late_and_some_still_owe,
    check_the_first_batch_is_awarded_and_the_second_on_its_way,
    check_loading_again_changes_nothing,
    check_four_tiers_are_alive_and_the_invented_firms_say_so,
    check_every_person_is_visibly_invented,
    check_every_evaluation_figure_and_place_comes_out_again,
    check_what_was_filed_is_what_the_workflow_would_write,
    check_numbers_follow_the_order_of_filing,
    check_obligations_are_met_by_what_was_filed,
    check_events_stand_in_the_order_of_time_and_keep_their_words,
    check_the_past_is_not_mailed,
    check_the_accounts_find_what_they_are_meant_to,
]


@time_machine.travel(NOW, tick=False)
def test_the_demo(db, settings, subtests):
    """One test, so that the world is loaded once however many workers share the suite."""
    settings.DEMO_MODE = True
    call_command("load_demo", stdout=io.StringIO())

    for check in CHECKS:
        with subtests.test(check.__name__):
            check()


def test_only_the_demo_is_loaded(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("load_demo")
