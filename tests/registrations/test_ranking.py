"""Scores, bonus and penalty, places; and that no one reads another's before they are published."""

import re
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from core.models import Event
from core.transitions import Refused
from registrations import workflow
from registrations.evaluation import evaluate
from registrations.models import Adjustment, Period, RankingRow
from registrations.ranking import digest, standings
from registrations.workflow.ranking import adjust, publish, retract
from tests.factories import LONG_AGO, UnitFactory, member_of
from tests.factories_registrations import PDF, a_report, answer, judge_all, submit
from units.models import BlocMembership, EmulationBloc


def verified_report(world, unit, met: int, **period):
    """A verified report of a commune that meets `met` of its four criteria."""
    filer = member_of(unit)
    report = answer(a_report(unit, filer, **period), filer, 100, 100)
    for figure in report.figures.all()[met:]:
        report.figures.filter(pk=figure.pk).update(numerator=0)
    submit(report, filer)
    judge_all(report, world.standing)
    workflow.verify(report, by=world.standing)
    return report


@pytest.fixture
def communes(world):
    """Four communes of the tier, meeting 4, 2, 2 and 1 of 4 criteria; the second is the world's own."""
    names = ["Xã A", "Xã B", "Xã C", "Xã D"]
    units = [world.unit, *(UnitFactory(commune=True, name=name) for name in names[1:])]
    units[0].name = "Xã A"
    units[0].save()
    for unit, met in zip(units, (4, 2, 2, 1), strict=True):
        verified_report(world, unit, met)
    return units


def bonus(world, unit, points, reason="Sáng kiến được công nhận"):
    document = SimpleUploadedFile("qd.pdf", PDF)
    return adjust(world.period, unit, by=world.standing, points=points, reason=reason, upload=document)


def told(period, tier="commune"):
    period = Period.objects.get(pk=period.pk)
    return [(s.unit.name, s.group, s.place, s.total) for s in standings(period, tier)]


def test_units_are_placed_by_total_and_equals_share_the_place(world, communes):
    assert told(world.period) == [
        ("Xã A", "", 1, Fraction(100)),
        ("Xã B", "", 2, Fraction(50)),
        ("Xã C", "", 2, Fraction(50)),
        ("Xã D", "", 4, Fraction(25)),
    ]


def test_bonus_and_penalty_count_and_the_score_before_them_breaks_a_tie(world, communes):
    bonus(world, communes[3], 25)
    bonus(world, communes[0], -60, "Vi phạm")

    assert told(world.period) == [
        ("Xã B", "", 1, Fraction(50)),
        ("Xã C", "", 1, Fraction(50)),
        ("Xã D", "", 3, Fraction(50)),
        ("Xã A", "", 4, Fraction(40)),
    ]


def test_each_bloc_is_ranked_for_itself(world, communes):
    bloc = EmulationBloc.objects.create(name="Khối 1", valid_from=LONG_AGO, basis="Minh họa")
    for unit in (communes[1], communes[3]):
        BlocMembership.objects.create(bloc=bloc, unit=unit, validity=DateRange(LONG_AGO, None))

    assert [(name, group, place) for name, group, place, _ in told(world.period)] == [
        ("Xã A", "Chưa xếp khối", 1),
        ("Xã C", "Chưa xếp khối", 2),
        ("Xã B", "Khối 1", 1),
        ("Xã D", "Khối 1", 2),
    ]


def test_a_late_report_stands_behind_one_on_time(world, communes, on_time):
    on_time.move_to("2027-12-20T09:00+07:00")
    late = UnitFactory(commune=True, name="Xã Âu")
    verified_report(world, late, 4)

    assert [(name, place) for name, _, place, _ in told(world.period)][:2] == [("Xã A", 1), ("Xã Âu", 2)]


ACTS = ("scores", "score", "adjust", "publish", "withdraw", "document", "retract", "ranking")
OK, NO, GONE = "ok", 403, 404
# Columns as ACTS; `ranking` is the page of a published one, `retract` its retraction.
TABLE = {
    "filer": (NO, NO, NO, NO, NO, NO, NO, OK),
    "stranger": (NO, NO, NO, NO, NO, NO, NO, OK),
    "standing": (OK, OK, OK, NO, OK, OK, NO, OK),
    "standing_lead": (OK, OK, OK, OK, OK, OK, OK, OK),
    "commendation": (OK, OK, NO, NO, NO, OK, NO, OK),
    "commendation_lead": (OK, OK, NO, NO, NO, OK, NO, OK),
    "administrator": (NO, NO, NO, NO, NO, NO, NO, OK),
}


@pytest.mark.parametrize("role", TABLE)
def test_who_may_do_what(world, enter, role):
    verified_report(world, world.unit, 2)
    adjustment = bonus(world, world.unit, 5)
    client = enter(getattr(world, role))
    sha256 = digest(standings(Period.objects.get(pk=world.period.pk), "commune"))
    file = {
        "kind": "bonus",
        "points": "3",
        "reason": "Sáng kiến",
        "document": SimpleUploadedFile("a.pdf", PDF),
    }
    requests = {
        "scores": ("get", "/diem/2027/commune/", {}),
        "score": ("get", f"/diem/2027/don-vi/{world.unit.uid}/", {}),
        "adjust": ("post", f"/diem/2027/don-vi/{world.unit.uid}/", file),
        "publish": ("post", "/diem/2027/commune/cong-bo/", {"sha256": sha256}),
        "withdraw": ("post", f"/diem/cong-tru/{adjustment.uid}/rut/", {}),
        "document": ("get", f"/diem/cong-tru/{adjustment.uid}/van-ban/", {}),
    }
    outcomes = {}

    def outcome(method, address, posted, events):
        before = Event.objects.count()
        with transaction.atomic():
            answered = getattr(client, method)(address, posted)
            happened = Event.objects.count() - before
            transaction.set_rollback(True)
        done = answered.status_code in (200, 302)
        assert happened == (events if done else 0)
        return OK if done else answered.status_code

    for act, (method, address, posted) in requests.items():
        outcomes[act] = outcome(method, address, posted, events=int(method == "post"))
    published = publish(world.period, "commune", by=world.standing_lead, sha256=sha256)
    comment = {"comment": "Sai điểm."}
    outcomes["retract"] = outcome("post", f"/xep-hang/{published.uid}/thu-hoi/", comment, events=1)
    outcomes["ranking"] = outcome("get", f"/xep-hang/{published.uid}/", {}, events=0)
    assert outcomes == dict(zip(ACTS, TABLE[role], strict=True))


ADDRESSES = (
    "/xep-hang/",
    "/diem/2027/commune/",
    "/bao-cao/",
    "/ban-lam-viec/",
    "/api/v1/reports/",
    "/api/v1/registrations/",
    "/api/v1/results/",
    "/",
    "/ket-qua/",
)


def crawled(client, *starts, most=150) -> dict[str, str]:
    """Every page that links lead to from these, by address."""
    waiting, seen = list(starts), {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        answered = client.get(address, follow=True)
        kind = answered.headers.get("Content-Type", "")
        body = b"".join(answered.streaming_content) if answered.streaming else answered.content
        seen[address] = body.decode("utf-8", "replace") if "text" in kind or "json" in kind else ""
        if "html" in kind:
            # Lists by page and order lead nowhere new.
            links = re.findall(r'href="(/[^"#?]*)', seen[address])
            waiting += [link for link in links if not re.match("/(static|tai-khoan|api/docs)", link)]
    return seen


SEARCHES = [
    f"{page}?{name}=X%C3%A3%20B"
    for page in (
        "/bao-cao/",
        "/dang-ky/",
        "/ket-qua/",
        "/api/v1/units/",
        "/phong-trao/phat-dong/",
        "/don-vi/",
    )
    for name in ("q", "tim")
]
EXPORTS = [f"{page}?tai-ve=csv" for page in ("/bao-cao/", "/dang-ky/", "/xep-hang/", "/diem/2027/commune/")]


def test_no_link_search_or_export_leads_to_another_unit_s_figures(world, communes, enter):
    """Whatever page a filer can come to, before and after publication; the desk's pages have them."""
    theirs = world.period.reports.get(unit=communes[1])
    theirs.figures.filter(criterion__code="COMM-1").update(numerator=876_543, denominator=876_544)
    evaluate(theirs, at=clock.now(), on_verified=True)
    bonus(world, communes[1], 7, "Lý do kín đáo")
    words = ["876.543", "876543", "Lý do kín đáo", theirs.reference, str(theirs.uid)]
    starts = ["/ban-lam-viec/", *ADDRESSES, *SEARCHES, *EXPORTS]

    found = crawled(enter(world.filer), *starts)
    assert [(address, word) for address, page in found.items() for word in words if word in page] == []
    assert len(found) > 40
    desk = "".join(crawled(enter(world.standing), *starts, theirs.get_absolute_url()).values())
    assert [word for word in words if word not in desk] == ["876543"]

    sha256 = digest(standings(Period.objects.get(pk=world.period.pk), "commune"))
    publish(world.period, "commune", by=world.standing_lead, sha256=sha256)
    found = crawled(enter(world.filer), *starts)
    assert [(address, word) for address, page in found.items() for word in words if word in page] == []


def test_a_sum_leads_to_the_figures_and_a_late_report_is_marked(world, communes, enter):
    world.period.reports.filter(unit=communes[2]).update(is_late=True)
    client = enter(world.standing)

    page = client.get("/diem/2027/commune/").content.decode()
    assert page.count("báo cáo nộp muộn") - page.count("báo cáo nộp muộn.") == 1
    report = world.period.reports.get(unit=communes[2])
    page = client.get(f"/diem/2027/don-vi/{communes[2].uid}/").content.decode()
    codes = [f.criterion.code for f in report.figures.select_related("criterion")]
    assert [code for code in codes if f'href="{report.get_absolute_url()}#{code}"' not in page] == []


def test_nothing_of_another_unit_is_read_before_publication(world, communes, enter):
    """The forbidden rows are there: the same words are found once the ranking is out."""
    bonus(world, communes[3], 7, "Lý do kín đáo")
    own, others = enter(world.filer), ["Xã B", "Xã C", "Xã D", "Lý do kín đáo"]
    others += [str(report.uid) for report in _others(world)] + [r.reference for r in _others(world)]
    read = "".join(own.get(address).content.decode() for address in ADDRESSES)
    assert [word for word in others if word in read] == []
    for report in _others(world):
        assert own.get(report.get_absolute_url()).status_code == 404
        assert own.get(f"{report.get_absolute_url()}thu/").status_code == 404
    sha256 = digest(standings(Period.objects.get(pk=world.period.pk), "commune"))
    ranking = publish(world.period, "commune", by=world.standing_lead, sha256=sha256)

    page = own.get(ranking.get_absolute_url()).content.decode()
    # Places and totals of all, the sum and its reasons of one's own unit only.
    assert [word for word in others if word in page] == ["Xã B", "Xã C", "Xã D"]
    assert "Xã A: hạng 1" in page

    retract(ranking, by=world.standing_lead, comment="Sai điểm.")
    assert own.get(ranking.get_absolute_url()).status_code == 404
    assert "Xếp hạng cấp xã năm 2027" not in own.get("/xep-hang/").content.decode()


def _others(world):
    return world.period.reports.exclude(unit=world.unit)


def test_published_places_stand_still(world, communes):
    found = standings(Period.objects.get(pk=world.period.pk), "commune")
    publish(world.period, "commune", by=world.standing_lead, sha256=digest(found))

    with pytest.raises(Refused):
        bonus(world, communes[1], 5)
    with pytest.raises(Refused):
        publish(world.period, "commune", by=world.standing_lead, sha256=digest(found))
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingRow.objects.update(place=1)
    assert Adjustment.objects.count() == 0


def test_what_changed_after_the_page_was_read_is_not_published(world, communes):
    seen = digest(standings(Period.objects.get(pk=world.period.pk), "commune"))
    bonus(world, communes[1], 5)

    with pytest.raises(Refused):
        publish(world.period, "commune", by=world.standing_lead, sha256=seen)

    assert RankingRow.objects.count() == 0


@pytest.mark.parametrize(
    "changes", [{"points": "0"}, {"points": "101"}, {"points": "-3"}, {"reason": ""}, {"document": ""}]
)
def test_a_bonus_needs_points_reason_and_document(world, enter, changes):
    posted = {
        "kind": "bonus",
        "points": "3",
        "reason": "Sáng kiến",
        "document": SimpleUploadedFile("a.pdf", PDF),
    }

    answered = enter(world.standing).post(f"/diem/2027/don-vi/{world.unit.uid}/", posted | changes)

    assert (answered.status_code, list(answered.context["form"].errors)) == (422, list(changes))
    assert Adjustment.objects.count() == 0
