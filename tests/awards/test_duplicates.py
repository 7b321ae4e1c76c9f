"""Who may be the same: found by indexed keys, shown with the reason, decided by a person and recorded."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from django.db import connection

from awards import duplicates
from awards.forms.nominee import sealed
from awards.models import Dossier, MatchResolution, Nominee, RecordedAward
from awards.workflow import appraisal as appraising
from core.models import Event, OutboxMail
from tests.factories import UnitFactory, member_of
from tests.factories_awards import (
    a_collective,
    a_draft,
    a_proposal,
    a_published_decision,
    a_recorded_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
)
from units.models import UnitSuccession

NFD = unicodedata.normalize("NFD", "Nguyễn Thị Hòa")
SAME, BARE = "trùng tên sau chuẩn hóa", "trùng tên khi bỏ dấu"
#: what the other says of itself → reasons and differences, whether a person must decide
VECTORS = {
    "NFD": ({"name": NFD}, [SAME, "cùng ngày sinh", "khác đơn vị"], True),
    "tone placed the old way": ({"name": "Nguyễn Thị Hoà"}, [SAME, "cùng ngày sinh", "khác đơn vị"], True),
    "capitals without marks": ({"name": "NGUYEN THI HOA"}, [BARE, "cùng ngày sinh", "khác đơn vị"], True),
    "with Bà": ({"name": "Bà Nguyễn Thị Hòa"}, [SAME, "cùng ngày sinh", "khác đơn vị"], True),
    "no birth date": ({"birth_date": None}, [SAME, "khác đơn vị"], True),
    "another birth date": ({"birth_date": date(1990, 1, 1)}, [SAME, "khác ngày sinh", "khác đơn vị"], False),
    "another name": ({"name": "Nguyễn Thị Hạnh"}, None, False),
    "one number, two names": (
        {"name": "Trần Thị Bình"} | sealed("001180000001"),
        ["cùng số CCCD/CMND", "khác tên: Trần Thị Bình"],
        True,
    ),
    "one name, two numbers": (
        sealed("001180000002"),
        [SAME, "cùng ngày sinh", "khác số CCCD/CMND", "khác đơn vị"],
        False,
    ),
}


def matches(nominee):
    return duplicates.matches_of([Nominee.objects.select_related("dossier").get(pk=nominee.pk)])[nominee.pk]


def succeed(unit, successor):
    UnitSuccession.objects.create(
        predecessor=unit, successor=successor, effective_on=date(2026, 1, 1), legal_basis="NQ"
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_people(vector, world):
    changes, said, must_decide = VECTORS[vector]
    values = an_individual(world.unit) | sealed("001 180 000 001")
    mine = a_submitted_dossier(world.unit, world.filer, [values]).nominees.get()
    elsewhere = UnitFactory()
    filer = member_of(elsewhere)
    a_submitted_dossier(elsewhere, filer, [an_individual(elsewhere) | changes])
    found = [(m.because.split("; "), m.needs_decision) for m in matches(mine)]
    assert [(sorted(because), must) for because, must in found] == (
        [(sorted(said), must_decide)] if said else []
    )


def test_d_with_stroke_and_a_household(world):
    values = {"kind": "household", "name": "Hộ ông Đỗ Văn Đức", "position": "Thôn 1", "unit": world.unit}
    mine = a_submitted_dossier(world.unit, world.filer, [values | {"achievement": "Tốt"}]).nominees.get()
    again = values | {"name": "Hộ gia đình ông Do Van Duc", "achievement": "Tốt"}
    a_submitted_dossier(world.unit, world.filer, [again])
    assert [m.because for m in matches(mine)] == [f"{BARE}; cùng đơn vị"]


def test_a_commune_and_its_successor_and_offices_of_the_same_name(world):
    successor = UnitFactory(commune=True, name="Xã Bản Lầu")
    succeed(world.unit, successor)
    whole = a_collective(world.unit, name=world.unit.name, is_the_unit=True)
    a_submitted_dossier(world.unit, world.filer, [whole, a_collective(world.unit, name="Văn phòng")])
    filer = member_of(successor)
    wanted = [
        a_collective(successor, name=successor.name, is_the_unit=True),
        a_collective(successor, name="Văn phòng"),
    ]
    mine = a_submitted_dossier(successor, filer, wanted)
    other = UnitFactory(name="Sở khác")
    a_submitted_dossier(other, member_of(other), [a_collective(other, name="Văn phòng")])
    found = {n.name: [m.because for m in matches(n)] for n in mine.nominees.all()}
    assert found == {
        "Xã Bản Lầu": ["là đơn vị tiền thân, Xã Bản Phiệt"],
        "Văn phòng": [f"{SAME}; cùng đơn vị tiền thân, kế thừa"],
    }


def test_only_what_was_submitted_and_overlaps(world):
    mine = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)]).nominees.get()
    draft = a_draft(world.unit, world.filer)
    Nominee.objects.create(dossier=draft, **an_individual(world.unit))
    past = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    Dossier.objects.filter(pk=past.pk).update(
        achievement_from=date(2018, 1, 1), achievement_to=date(2021, 12, 31)
    )
    assert matches(mine) == []


def test_undecided_blocks_the_appraisal_and_a_decision_frees_it(world, enter):
    a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    mine = dossier.nominees.get()
    appraising.give_verdict("recommend", mine, by=world.standing)
    client = enter(world.standing)
    response = client.post(f"/ho-so/{dossier.uid}/tham-dinh/")
    assert response.status_code == 422
    assert "Nguyễn Thị Hòa: còn 1 khả năng trùng chưa kết luận." in response.content.decode()
    other = matches(mine)[0].other
    url = f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/trung/{other.uid}/"
    without_reason = client.post(url, {"verdict": "different", "reason": " "})
    assert (without_reason.status_code, MatchResolution.objects.count()) == (422, 0)
    assert client.post(url, {"verdict": "different", "reason": "Hai người, hai thôn."}).status_code == 302
    event = Event.objects.get(act="resolve_match")
    assert (event.actor, event.payload.comment) == (world.standing, "Hai người, hai thôn.")
    # It holds for both of the pair.
    assert [m.needs_decision for m in matches(other)] == [False]
    assert client.post(f"/ho-so/{dossier.uid}/tham-dinh/").status_code == 302


def test_a_list_is_not_frozen_while_a_match_of_a_name_on_it_is_undecided(world, enter):
    """Somebody else was put forward after the appraisal; the reason leads to where it is decided."""
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    proposal, mine = a_proposal(world.standing, dossier), dossier.nominees.get()
    client = enter(world.standing)
    assert "khả năng trùng chưa kết luận" not in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    other = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)]).nominees.get()
    address = f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/"
    link = f'<a href="{address}xem/#trung">Nguyễn Thị Hòa: còn 1 khả năng trùng chưa kết luận.</a>'
    for response in (
        client.get(f"/to-trinh/{proposal.uid}/"),
        client.post(f"/to-trinh/{proposal.uid}/chot/"),
    ):
        assert link in response.content.decode()
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state) == (422, "draft")
    said = {"verdict": "different", "reason": "Hai người, hai thôn."}
    assert client.post(f"{address}trung/{other.uid}/", said).status_code == 302
    assert client.post(f"/to-trinh/{proposal.uid}/chot/").status_code == 302


def test_one_line_is_printed_and_both_bodies_are_told(world, enter):
    elsewhere = UnitFactory(name="Sở Y tế")
    filer = member_of(elsewhere)
    kept = a_submitted_dossier(elsewhere, filer, [an_individual(elsewhere)]).nominees.get()
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    mine = dossier.nominees.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/trung/{kept.uid}/"
    client = enter(world.standing)
    assert client.post(url, {"verdict": "duplicate", "reason": "Cùng một người."}).status_code == 302
    mine.refresh_from_db()
    assert (mine.state, mine.duplicate_of) == ("duplicate", kept)
    before = OutboxMail.objects.count()
    appraising.appraise(dossier, by=world.standing)
    told = OutboxMail.objects.order_by("pk")[before:]
    assert sorted(mail.recipient.pk for mail in told) == sorted([world.filer.pk, filer.pk])
    assert all("theo đề nghị của Sở Y tế" in mail.body for mail in told)
    # The other way round there would be no line left.
    back = f"/ho-so/{kept.dossier.uid}/doi-tuong/{kept.uid}/trung/{mine.uid}/"
    assert client.post(back, {"verdict": "duplicate", "reason": "Cùng."}).status_code == 422


@pytest.mark.parametrize(
    ("role", "expected"), [("filer", 403), ("district", 403), ("stranger", 404), ("commendation", 404)]
)
def test_who_may_not_decide(role, expected, world, enter):
    kept = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)]).nominees.get()
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    mine = dossier.nominees.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/trung/{kept.uid}/"
    response = enter(getattr(world, role)).post(url, {"verdict": "different", "reason": "x"})
    assert (response.status_code, MatchResolution.objects.count()) == (expected, 0)
    page = enter(world.filer).get(f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/xem/").content.decode()
    assert "Khả năng trùng" not in page


def a_certificate(unit, by, **changes):
    values = {"kind": "individual", "name": "NGUYỄN THỊ HOÀ", "sex": "female"} | changes
    return RecordedAward.objects.create(decision=a_recorded_decision(unit, by), **values)


def test_certificates_are_information_read_in_one_act(world, enter):
    a_certificate(world.unit, world.filer)
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    mine = dossier.nominees.get()
    assert [(m.is_certificate, m.needs_decision) for m in matches(mine)] == [(True, False)]
    client = enter(world.standing)
    assert (
        "Giấy khen của Chủ tịch UBND cấp xã"
        in client.get(f"/ho-so/{dossier.uid}/doi-tuong/{mine.uid}/xem/").content.decode()
    )
    assert enter(world.filer).post(f"/ho-so/{dossier.uid}/giay-khen-da-xem/").status_code == 403
    assert MatchResolution.objects.count() == 0
    client.post(f"/ho-so/{dossier.uid}/giay-khen-da-xem/")
    client.post(f"/ho-so/{dossier.uid}/giay-khen-da-xem/")
    assert [(r.nominee, r.verdict) for r in MatchResolution.objects.all()] == [(mine, "information")]
    assert Event.objects.filter(act="resolve_certificates").count() == 1


def test_history_of_a_person_and_of_a_unit(world, enter):
    values = [
        an_individual(world.unit),
        a_collective(world.unit, name=world.unit.name, is_the_unit=True),
    ]
    a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing, values))
    a_certificate(world.unit, world.filer, birth_date=date(1980, 2, 20))
    again = a_draft(world.unit, world.filer)
    person = Nominee.objects.create(dossier=again, **an_individual(world.unit))
    successor = UnitFactory(commune=True, name="Xã Bản Lầu")
    succeed(world.unit, successor)
    page = enter(world.filer).get(f"/ho-so/{again.uid}/doi-tuong/{person.uid}/xem/").context["history"]
    assert [(line.form, line.name) for line in page] == [
        ("Bằng khen của Chủ tịch UBND tỉnh", "Bà Nguyễn Thị Hòa"),
        ("Giấy khen của Chủ tịch UBND cấp xã", "Bà NGUYỄN THỊ HOÀ"),
    ]
    lines = enter(member_of(successor)).get(f"/lich-su-khen-thuong/{successor.uid}/").context["history"]
    assert ("Xã Bản Phiệt", "Xã Bản Phiệt", "đơn vị tiền thân") in [
        (line.name, line.whose, line.note) for line in lines
    ]
    assert enter(world.stranger).get(f"/lich-su-khen-thuong/{successor.uid}/").status_code == 403


def rows_touched(nominee) -> dict[str, int]:
    """What the database reads of each table of this app for the check of one nominee, by the plans."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with connection.execute_wrapper(note):
        matches(nominee)
    touched = Counter()
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            _scan(cursor.fetchone()[0][0]["Plan"], touched)
    return {table: rows for table, rows in touched.items() if table.startswith("awards_") and rows}


def _scan(plan, touched) -> None:
    """Rows that a scan gave and those it looked at for nothing."""
    removed = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    rows = round((plan["Actual Rows"] + removed) * plan["Actual Loops"])
    touched[plan.get("Relation Name", "")] += rows
    for child in plan.get("Plans", []):
        _scan(child, touched)


def many_awards(template, since, count):
    """`count` more people put forward for the same time, each of another name."""
    rows = [
        Nominee(
            dossier=template.dossier,
            kind="individual",
            unit=template.unit,
            sex="male",
            name=f"Người thứ {number}",
            search_name=f"nguoi thu {number}",
            sort_name=f"{number}",
            identity_index=f"{number:064d}",
        )
        for number in range(since, since + count)
    ]
    Nominee.objects.bulk_create(rows, batch_size=2000)


@pytest.mark.parametrize("many", [5_000, pytest.param(50_000, marks=pytest.mark.prove)])
def test_the_check_of_one_touches_the_same_rows_among_many(many, world):
    crowd = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit, "Lò Thị Mai")])
    a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    mine = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)]).nominees.get()
    many_awards(crowd.nominees.get(), 0, 1000)
    among_few = rows_touched(mine)
    # The two of that name, each read by the key, by the search for both and by the test itself.
    assert among_few["awards_nominee"] < 20
    many_awards(crowd.nominees.get(name="Lò Thị Mai"), 1000, many - 1000)
    assert rows_touched(mine) == among_few
    assert len(matches(mine)) == 1
