"""The life of a criteria set through its pages: draft, in force, superseded or retired."""

import contextlib
import hashlib
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import Event
from criteria import checks, workflow
from criteria.comparing import compare, pieces
from criteria.models import CriteriaSet, Criterion, Scale, content_hash
from tests.criteria.sets import HEAD, RATIO, a_draft, a_set_in_force, add
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import PDF
from units.enums import Function, Role

OK, NO, GONE, WRONG, LOGIN = "ok", 403, 404, 409, "login"
ACTIONS = ("view", "start", "edit", "criterion", "put_in_force", "retire", "issue_scale")
# Columns as ACTIONS. A set out of draft is everyone's to read.
TABLE = {
    ("public", "draft"): (GONE, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    ("public", "in_force"): (OK, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    ("public", "retired"): (OK, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    ("filer", "draft"): (GONE, NO, GONE, GONE, GONE, GONE, GONE),
    ("filer", "in_force"): (OK, NO, NO, NO, NO, NO, NO),
    ("filer", "retired"): (OK, NO, NO, NO, NO, NO, NO),
    ("reviewer", "draft"): (OK, NO, NO, NO, NO, NO, NO),
    ("reviewer", "in_force"): (OK, NO, NO, NO, NO, NO, NO),
    ("reviewer", "retired"): (OK, NO, NO, NO, NO, NO, NO),
    ("lead", "draft"): (OK, OK, OK, OK, OK, WRONG, WRONG),
    ("lead", "in_force"): (OK, OK, WRONG, WRONG, WRONG, OK, OK),
    ("lead", "retired"): (OK, OK, WRONG, WRONG, WRONG, WRONG, WRONG),
    ("commendation_lead", "draft"): (GONE, NO, GONE, GONE, GONE, GONE, GONE),
    ("commendation_lead", "in_force"): (OK, NO, NO, NO, NO, NO, NO),
    ("commendation_lead", "retired"): (OK, NO, NO, NO, NO, NO, NO),
    ("administrator", "draft"): (GONE, NO, GONE, GONE, GONE, GONE, GONE),
    ("administrator", "in_force"): (OK, NO, NO, NO, NO, NO, NO),
    ("administrator", "retired"): (OK, NO, NO, NO, NO, NO, NO),
}


@pytest.fixture
def people(db):
    return SimpleNamespace(
        public=None,
        filer=member_of(UnitFactory()),
        reviewer=holder_of(Function.STANDING_BODY),
        lead=holder_of(Function.STANDING_BODY, Role.LEAD),
        commendation_lead=holder_of(Function.COMMENDATION_BODY, Role.LEAD),
        administrator=UserFactory(administrator=True),
    )


@pytest.fixture
def lead(people):
    return people.lead


@pytest.fixture
def enter(db):
    def as_user(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return as_user


def _set_in(state, lead):
    if state == "draft":
        draft = a_draft(lead)
        add(draft, lead)
        return draft
    shown = a_set_in_force(lead)
    if state == "retired":
        workflow.retire(shown, by=lead, comment="Theo Kế hoạch mới.")
    return shown


def _posted_head(**changes):
    days = {"valid_from": "01/01/2031", "valid_to": "31/12/2035"}
    return {**HEAD, **days, "note": "", **changes}


def _outcome(client, shown, action):
    base = f"/bo-tieu-chi/{shown.uid}/"
    criterion = shown.criteria.get()
    address, posted = {
        "view": (base, None),
        "start": (f"/bo-tieu-chi/lap/?tu={shown.uid}", _posted_head(code="THU-2036")),
        "edit": (f"{base}sua/", _posted_head(title="Tên khác") | {"version": shown.version}),
        "criterion": (
            f"{base}sua/{criterion.pk}/",
            {**RATIO, "exempt": "any", "threshold": 70, "version": shown.version},
        ),
        "put_in_force": (
            f"{base}ap-dung/",
            {"sha256": content_hash(shown.content()), "code": shown.code},
        ),
        "retire": (f"{base}thoi-ap-dung/", {"comment": "Theo Kế hoạch mới."}),
        "issue_scale": (
            f"{base}thang-diem/",
            {
                "number": "12/HD-STTTT",
                "issued_on": "01/02/2026",
                "document": SimpleUploadedFile("hd.pdf", PDF),
                f"p{criterion.pk}": "100",
            },
        ),
    }[action]
    before = Event.objects.count()
    with transaction.atomic():
        answer = client.get(address) if posted is None else client.post(address, posted)
        events = Event.objects.count() - before
        transaction.set_rollback(True)
    if answer.status_code == 302 and "/dang-nhap/" in answer.url:
        return LOGIN
    if answer.status_code in (200, 302):
        assert events == (0 if action == "view" else 1), f"{action}: {events} events"
        return OK
    assert events == 0
    return answer.status_code


@pytest.mark.parametrize(("role", "state"), TABLE)
def test_who_may_do_what_in_which_state(people, enter, role, state):
    shown = _set_in(state, people.lead)
    client = enter(getattr(people, role))

    outcomes = {action: _outcome(client, shown, action) for action in ACTIONS}

    assert outcomes == dict(zip(ACTIONS, TABLE[role, state], strict=True))


def test_a_set_is_written_put_in_force_and_read_by_everyone(lead, enter, client):
    desk = enter(lead)
    desk.post("/bo-tieu-chi/lap/", _posted_head())
    draft = CriteriaSet.objects.get(code="THU-2031")
    criterion = {**RATIO, "exempt": "none", "is_required": "on", "version": 1}
    assert desk.post(f"/bo-tieu-chi/{draft.uid}/sua/them/", criterion).status_code == 302
    page = desk.get(f"/bo-tieu-chi/{draft.uid}/ap-dung/").content.decode()
    sha256 = content_hash(draft.content())
    assert f'value="{sha256}"' in page
    wrong = desk.post(f"/bo-tieu-chi/{draft.uid}/ap-dung/", {"sha256": sha256, "code": "THU"})
    assert (wrong.status_code, CriteriaSet.objects.get().state) == (422, "draft")

    desk.post(f"/bo-tieu-chi/{draft.uid}/ap-dung/", {"sha256": sha256, "code": "THU-2031"})

    draft.refresh_from_db()
    assert (draft.state, draft.sha256) == ("in_force", sha256)
    canonical = client.get(f"/bo-tieu-chi/{draft.uid}/noi-dung.json").content
    assert hashlib.sha256(canonical).hexdigest() == sha256
    assert "Không đơn vị nào" in client.get(f"/bo-tieu-chi/{draft.uid}/").content.decode()
    assert [e.act for e in Event.objects.filter(case_uid=draft.uid).order_by("id")] == [
        "start",
        "edit",
        "put_in_force",
    ]


def test_the_editor_shows_how_a_unit_will_read_it_and_stores_nothing(lead, enter):
    draft = a_draft(lead)
    posted = {**RATIO, "operator": "gt", "exempt": "any", "version": 1, "preview": "1"}

    page = enter(lead).post(f"/bo-tieu-chi/{draft.uid}/sua/them/", posted).content.decode()

    assert "60,00 % = 60/100, cần &gt; 60 %: chưa đạt, còn thiếu 1 hồ sơ" in page
    assert "61,00 % = 61/100, cần &gt; 60 %: đạt" in page
    assert Criterion.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"threshold": "101"}, ["threshold"]),
        ({"threshold": "0"}, ["threshold"]),
        ({"threshold": ""}, ["threshold"]),
        ({"operator": "gt", "threshold": "100"}, ["threshold"]),
        ({"operator": "eq", "threshold": "95"}, ["threshold"]),
        ({"operator": "judged"}, ["threshold", "numerator_label"]),
        ({"operator": "lt"}, ["operator"]),
        ({"unit_word": ""}, ["numerator_label"]),
        ({"text": ""}, ["text"]),
        ({"code": "COMM 1"}, ["code"]),
        ({"code": "COMM-2"}, ["code"]),
    ],
)
def test_a_criterion_that_cannot_stand_is_not_stored_and_nothing_typed_is_lost(lead, enter, changes, fields):
    draft = a_draft(lead)
    add(draft, lead, code="COMM-2")
    posted = {**RATIO, "exempt": "any", "version": draft.version, "name": "Tên vừa gõ", **changes}

    answer = enter(lead).post(f"/bo-tieu-chi/{draft.uid}/sua/them/", posted)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert "Tên vừa gõ" in answer.content.decode()
    assert draft.criteria.count() == 1


def test_two_editors_do_not_overwrite_each_other(lead, enter):
    draft = a_draft(lead)
    criterion = add(draft, lead)
    desk, seen = enter(lead), draft.version
    first = {**RATIO, "exempt": "any", "name": "Của người thứ nhất", "version": seen}
    desk.post(f"/bo-tieu-chi/{draft.uid}/sua/{criterion.pk}/", first)

    answer = desk.post(f"/bo-tieu-chi/{draft.uid}/sua/{criterion.pk}/", first | {"name": "Của người thứ hai"})

    assert answer.status_code == 409
    assert draft.criteria.get().name == "Của người thứ nhất"


def test_what_was_changed_after_the_preview_is_not_put_in_force(lead):
    draft = a_draft(lead)
    add(draft, lead)
    seen = content_hash(draft.content())
    add(draft, lead, code="COMM-2")

    with pytest.raises(workflow.Refused):
        workflow.put_in_force(draft, by=lead, sha256=seen)

    assert CriteriaSet.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("days", "states"),
    [
        (("2031-01-01", "2035-12-31"), ("superseded", "in_force")),
        (("2030-01-01", "2036-12-31"), ("superseded", "in_force")),
        (("2032-01-01", "2035-12-31"), ("in_force", "draft")),
        (("2036-01-01", "2040-12-31"), ("in_force", "in_force")),
    ],
)
def test_a_set_takes_over_the_days_of_another_whole_or_not_at_all(lead, days, states):
    old = a_set_in_force(lead)
    new = a_draft(lead, code="THU-2", valid_from=days[0], valid_to=days[1])
    add(new, lead)
    with contextlib.suppress(workflow.Refused):
        workflow.put_in_force(new, by=lead, sha256=content_hash(new.content()))
    old.refresh_from_db()
    new.refresh_from_db()

    assert (old.state, new.state) == states


def test_points_are_given_to_a_whole_tier_or_to_none(lead):
    draft = a_draft(lead)
    add(draft, lead, points=50)
    add(draft, lead, code="COMM-2")

    blocking = [f.message for f in checks.missing_for_putting_in_force(draft) if f.blocks]

    assert blocking == [
        "Cấp xã: COMM-2 chưa có điểm. Hãy cho điểm mọi tiêu chí của cấp này, hoặc để trống tất cả để"
        " chia đều 100 điểm."
    ]


def test_in_force_nothing_of_it_can_be_changed_even_by_hand(lead):
    shown = a_set_in_force(lead)
    criterion = shown.criteria.get()
    for change in (
        lambda: CriteriaSet.objects.filter(pk=shown.pk).update(title="Khác"),
        lambda: CriteriaSet.objects.filter(pk=shown.pk).update(version=9),
        lambda: Criterion.objects.filter(pk=criterion.pk).update(evidence_wanted="Khác"),
        lambda: criterion.delete(),
        lambda: Criterion.objects.create(criteria_set=shown, position=2, **RATIO | {"code": "X"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_older_set_keeps_its_hash_when_the_form_of_sets_grows(criteria):
    row = criteria.content()["criteria"][0]

    assert "exempt" not in row
    assert "evidence_wanted" not in row
    assert "ranks_procedures_apart" not in criteria.content()
    assert content_hash(criteria.content()) == criteria.sha256


def test_a_scale_needs_its_document_and_points_for_all(lead, enter):
    shown = a_set_in_force(lead)
    desk, address = enter(lead), f"/bo-tieu-chi/{shown.uid}/thang-diem/"
    criterion = shown.criteria.get()
    posted = {"number": "12/HD", "issued_on": "01/02/2026", f"p{criterion.pk}": "40"}

    assert desk.post(address, posted).status_code == 422
    assert desk.post(address, posted | {"document": SimpleUploadedFile("hd.pdf", PDF)}).status_code == 302

    scale = Scale.objects.get()
    assert (scale.points, scale.recorded_by) == ({"COMM-1": 40}, lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scale.objects.update(points={})


def test_a_copy_has_the_same_criteria_and_is_a_draft(criteria, lead, enter):
    enter(lead).post(f"/bo-tieu-chi/lap/?tu={criteria.uid}", _posted_head())

    copy = CriteriaSet.objects.get(code="THU-2031")
    assert (copy.state, copy.content()["criteria"]) == ("draft", criteria.content()["criteria"])


def test_two_sets_are_compared_criterion_by_criterion(lead, client):
    old = a_set_in_force(lead)
    new = a_draft(lead, code="THU-2", valid_from="2036-01-01", valid_to="2036-12-31")
    add(new, lead, threshold=70, text=RATIO["text"].replace("60%", "70%"))
    add(new, lead, code="COMM-9")

    [(tier, differences)] = compare(old, new)

    assert (tier.value, [(d.kind, d.criterion.code) for d in differences]) == (
        "commune",
        [("changed", "COMM-1"), ("added", "COMM-9")],
    )
    assert [c.label for c in differences[0].changes] == ["nguyên văn", "phép so và ngưỡng"]
    assert [(p.kind, p.text) for p in differences[0].changes[1].pieces] == [
        ("same", "Tối thiểu "),
        ("gone", "60"),
        ("new", "70"),
        ("same", " %"),
    ]
    assert compare(new, old)[0][1][-1].kind == "removed"
    # The draft is not for the public, on this page either.
    page = client.get(f"/bo-tieu-chi/so-sanh/?old={old.code}&new={new.code}")
    assert list(page.context["form"].errors) == ["new"]


def test_words_that_changed_stand_apart():
    assert [(p.kind, p.text) for p in pieces("một hai ba", "một bốn ba")] == [
        ("same", "một "),
        ("gone", "hai"),
        ("new", "bốn"),
        ("same", " ba"),
    ]
