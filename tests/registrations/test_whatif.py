"""What another set, or other figures, would change; and that asking changes nothing."""

import pytest

from core.models import Event
from criteria import workflow as criteria
from criteria.checks import uses_of
from criteria.enums import Verdict
from criteria.models import content_hash
from registrations import whatif
from registrations.evaluation import evaluate
from registrations.models import Evaluation, Figure, Period
from tests.criteria.sets import HEAD
from tests.factories import UnitFactory
from tests.factories_registrations import a_full_report, a_report, answer, submit
from tests.registrations.pages import form_with
from tests.registrations.test_ranking import verified_report


@pytest.fixture
def measured(world):
    """Two communes with verified figures, meeting 4 and 3 of 4 criteria."""
    other = UnitFactory(commune=True, name="Xã Hai")
    verified_report(world, world.unit, 4)
    verified_report(world, other, 3)
    return Period.objects.select_related("campaign__criteria_set").get(pk=world.period.pk)


def a_copy(world, period, **thresholds):
    """A draft with the criteria in force but other demands on some."""
    draft = criteria.start(by=world.standing_lead, copy_of=period.campaign.criteria_set, **HEAD)
    for code, values in thresholds.items():
        draft.criteria.filter(code=code.replace("_", "-")).update(**values)
    return draft


def test_the_same_demands_flip_no_one(world, measured):
    found = whatif.what_if(a_copy(world, measured), measured)

    assert (found.units, found.flips, found.unmeasured) == (2, [], [])


def test_a_stricter_set_names_units_and_criteria(world, measured):
    Figure.objects.filter(report__unit=world.unit, criterion__code="COMM-1").update(numerator=70)
    report = measured.reports.get(unit=world.unit)
    evaluate(report, at=report.verified_at, on_verified=True)
    draft = a_copy(world, measured, COMM_1={"threshold": 80})
    before = Event.objects.count(), Evaluation.objects.count()

    found = whatif.what_if(draft, measured)

    assert [
        (f.unit.name, f.was_met, f.is_met, [(c.code, c.before, c.after, c.explanation) for c in f.changes])
        for f in found.flips
        if f.turns
    ] == [
        (
            "Xã Bản Phiệt",
            True,
            False,
            [
                (
                    "COMM-1",
                    Verdict.MET,
                    Verdict.NOT_MET,
                    "70,00 % = 70/100, cần ≥ 80 %: chưa đạt, còn thiếu 10 hồ sơ",
                )
            ],
        )
    ]
    assert (dict(found.losses), dict(found.gains)) == ({"COMM-1": 1}, {})
    # Now both meet three of four: the other rises to share the first place.
    assert {f.unit.name: (f.place_before, f.place_after) for f in found.flips} == {
        "Xã Bản Phiệt": (1, 1),
        "Xã Hai": (2, 1),
    }
    assert (Event.objects.count(), Evaluation.objects.count()) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"is_required": False}, [("COMM-3", "not_met", "not_met", "Không còn bắt buộc.")]),
        ({"code": "COMM-9"}, [("COMM-3", "not_met", None, "Bộ này không còn tiêu chí đó.")]),
    ],
)
def test_a_demand_that_falls_away_is_named_as_the_reason(world, measured, enter, change, told):
    draft = a_copy(world, measured, COMM_3=change)

    [flip] = [f for f in whatif.what_if(draft, measured).flips if f.turns]

    assert (flip.unit.name, flip.was_met, flip.is_met) == ("Xã Hai", False, True)
    assert [(c.code, c.before, c.after, c.explanation) for c in flip.changes] == told
    page = enter(world.standing).get(f"/bo-tieu-chi/{draft.uid}/thu/?criterion=COMM-3").content.decode()
    assert told[0][-1] in page
    assert f'href="/diem/2027/don-vi/{flip.unit.uid}/"' in page


def test_a_new_criterion_has_no_figures_and_is_said_to_have_none(world, measured):
    found = whatif.what_if(a_copy(world, measured, COMM_1={"code": "COMM-9"}), measured)

    assert found.unmeasured == ["COMM-9"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("filer", 403),
        ("stranger", 403),
        ("standing", 200),
        ("standing_lead", 200),
        ("commendation", 403),
        ("administrator", 403),
    ],
)
def test_the_page_is_the_standing_body_s(world, measured, enter, role, status):
    draft = a_copy(world, measured, COMM_1={"operator": "eq", "threshold": 100})

    assert enter(getattr(world, role)).get(f"/bo-tieu-chi/{draft.uid}/thu/").status_code == status


def test_the_page_says_what_could_not_be_asked(world, enter):
    draft = a_copy(world, Period.objects.select_related("campaign__criteria_set").get())

    page = enter(world.standing).get(f"/bo-tieu-chi/{draft.uid}/thu/").content.decode()

    assert "Chưa có số liệu để thử" in page


def test_a_unit_plays_with_its_own_figures_and_nothing_is_stored(world, enter):
    report = answer(a_report(world.unit, world.filer), world.filer, 50, 100)
    client, address = enter(world.filer), f"/bao-cao/{report.uid}/thu/"
    posted = form_with(client.get(address), "COMM-1-numerator")
    assert posted["COMM-1-numerator"] == ["50"]
    before = report.version, Event.objects.count(), Evaluation.objects.count()

    page = client.post(address, posted | {"COMM-1-numerator": "60"})

    assert [(c.code, c.before, c.after) for c in page.context["changes"]] == [
        ("COMM-1", Verdict.NOT_MET, Verdict.MET)
    ]
    assert (page.context["score_before"], page.context["score_after"]) == ("0,00", "25,00")
    report.refresh_from_db()
    assert (report.version, Event.objects.count(), Evaluation.objects.count()) == before
    assert report.figures.get(criterion__code="COMM-1").numerator == 50
    wrong = client.post(address, posted | {"COMM-1-numerator": "101"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["COMM-1-numerator"])


@pytest.mark.parametrize(
    ("role", "status"), [("colleague", 200), ("district", 403), ("stranger", 404), ("standing", 403)]
)
def test_no_one_else_plays_with_a_unit_s_figures(world, enter, role, status):
    report = a_full_report(world.unit, world.filer)
    submit(report, world.filer)

    assert enter(getattr(world, role)).get(f"/bao-cao/{report.uid}/thu/").status_code == status


def test_a_set_that_a_period_runs_by_goes_on(world, enter):
    shown = world.period.campaign.criteria_set
    assert [f.message for f in uses_of(shown)] == ["Kỳ năm 2027 đang dùng bộ TDCDS-2026."]
    address = f"/bo-tieu-chi/{shown.uid}/thoi-ap-dung/"

    answered = enter(world.standing_lead).post(address, {"comment": "Bỏ."})

    shown.refresh_from_db()
    assert (answered.status_code, shown.state) == (422, "in_force")
    # Nor does another take its days.
    draft = criteria.start(
        by=world.standing_lead, copy_of=shown,
        **{**HEAD, "valid_from": shown.valid_from, "valid_to": shown.valid_to},
    )  # fmt: skip
    with pytest.raises(criteria.Refused):
        criteria.put_in_force(draft, by=world.standing_lead, sha256=content_hash(draft.content()))


def test_after_its_periods_a_set_may_be_retired(world, enter, on_time):
    shown = world.period.campaign.criteria_set
    on_time.move_to("2028-01-10T09:00+07:00")

    answered = enter(world.standing_lead).post(
        f"/bo-tieu-chi/{shown.uid}/thoi-ap-dung/", {"comment": "Đã hết giai đoạn."}
    )

    shown.refresh_from_db()
    assert (answered.status_code, shown.state) == (302, "retired")
