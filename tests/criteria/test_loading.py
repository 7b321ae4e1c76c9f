import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from criteria.loading import DATA
from criteria.models import CriteriaSet, Criterion, content_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy_of_data(tmp_path):
    for path in DATA.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    return tmp_path


def change(path, **values):
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | values), "utf-8")


def test_import_is_repeatable(capsys):
    call_command("import_criteria")
    call_command("import_criteria")

    assert capsys.readouterr().out.splitlines() == [
        "TDCDS-2022: đã nhập",
        "TDCDS-2026: đã nhập",
        "TDCDS-2022: đã có, không đổi",
        "TDCDS-2026: đã có, không đổi",
    ]
    assert list(CriteriaSet.objects.values_list("code", "state")) == [
        ("TDCDS-2022", "in_force"),
        ("TDCDS-2026", "in_force"),
    ]
    assert Criterion.objects.count() == 54


def test_the_hash_is_that_of_the_stored_rows(criteria):
    assert content_hash(criteria.content()) == criteria.sha256


def test_import_refuses_to_change_a_set_in_force(criteria, copy_of_data):
    change(copy_of_data / "TDCDS-2022.json", title="Tên khác")

    with pytest.raises(CommandError, match="TDCDS-2022 đã có và không sửa được"):
        call_command("import_criteria", directory=copy_of_data)
    criteria.refresh_from_db()
    assert content_hash(criteria.content()) == criteria.sha256


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tier": "province"}, "TDCDS-2022, PROV-1a: .*tier.*province"),
        ({"threshold": 101}, "PROV-1a: operator eq cannot have threshold 101"),
        ({"unit_word": ""}, "criterion_ratio_says_what_it_counts"),
        ({"code": "PROV-2"}, "criterion_code_is_unique_in_its_set"),
    ],
)
def test_import_refuses_a_wrong_criterion(copy_of_data, wrong, message):
    path = copy_of_data / "TDCDS-2022.json"
    first, *others = json.loads(path.read_text("utf-8"))["criteria"]
    change(path, criteria=[first | wrong, *others])

    with pytest.raises(CommandError, match=message):
        call_command("import_criteria", directory=copy_of_data)
    assert CriteriaSet.objects.count() == 0


def test_import_brings_in_all_or_nothing(copy_of_data):
    change(copy_of_data / "TDCDS-2026.json", valid_from="2025-12-31")

    with pytest.raises(CommandError, match="TDCDS-2026: Đã có bộ tiêu chí khác đang áp dụng"):
        call_command("import_criteria", directory=copy_of_data)
    assert CriteriaSet.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), "TDCDS-2022"),
        (date(2025, 12, 31), "TDCDS-2022"),
        (date(2026, 1, 1), "TDCDS-2026"),
        (date(2030, 12, 31), "TDCDS-2026"),
        (date(2031, 1, 1), None),
    ],
)
def test_the_set_in_force_follows_the_day(criteria, day, code):
    found = CriteriaSet.objects.in_force_on(day).first()

    assert (found and found.code) == code
    assert [s.code for s in CriteriaSet.objects.in_force_in(day.year)] == ([code] if code else [])


@pytest.mark.parametrize("year", [-1, 0, 10_000, 10**30])
def test_a_year_the_calendar_does_not_have_has_no_set(criteria, year):
    assert list(CriteriaSet.objects.in_force_in(year)) == []


def test_rules_come_in_the_order_of_the_plan(criteria):
    assert [rule.code for rule in criteria.rules_for("district")] == [
        "DIST-1",
        "DIST-2a",
        "DIST-2b",
        "DIST-3",
    ]


CHANGES = {
    "a title": lambda s: CriteriaSet.objects.filter(pk=s.pk).update(title="Khác"),
    "back to draft": lambda s: CriteriaSet.objects.filter(pk=s.pk).update(state="draft"),
    "a threshold": lambda s: s.criteria.filter(code="PROV-2").update(threshold=94),
    "one criterion less": lambda s: s.criteria.filter(code="PROV-2").delete(),
    "one criterion more": lambda s: Criterion.objects.create(
        criteria_set=s, position=99, code="PROV-99", tier="provincial", name="x", operator="judged"
    ),
    "a criterion of another set": lambda s: s.criteria.filter(code="PROV-2").update(
        criteria_set=CriteriaSet.objects.create(
            code="N", title="Nháp", basis="-", valid_from=date(2040, 1, 1), valid_to=date(2040, 1, 2)
        )
    ),
}


@pytest.mark.parametrize("change_it", CHANGES.values(), ids=CHANGES)
def test_the_database_keeps_a_set_in_force_as_it_is(criteria, change_it):
    with pytest.raises(IntegrityError), transaction.atomic():
        change_it(criteria)
    assert content_hash(criteria.content()) == criteria.sha256


def test_a_set_may_be_superseded_and_then_its_dates_are_free(criteria):
    CriteriaSet.objects.filter(pk=criteria.pk).update(state="superseded")
    corrected = CriteriaSet.objects.create(
        code="TDCDS-2022b",
        title="Bản sửa",
        basis="-",
        valid_from=date(2022, 1, 1),
        valid_to=date(2025, 12, 31),
    )
    CriteriaSet.objects.filter(pk=corrected.pk).update(state="in_force")

    assert CriteriaSet.objects.in_force_on(date(2024, 6, 1)).get() == corrected


@pytest.fixture
def draft():
    return CriteriaSet.objects.create(
        code="NHAP", title="Nháp", basis="-", valid_from=date(2040, 1, 1), valid_to=date(2040, 12, 31)
    )


@pytest.mark.parametrize(
    ("operator", "threshold", "is_allowed"),
    [
        ("ge", 1, True), ("ge", 100, True), ("ge", 0, False), ("ge", 101, False), ("ge", None, False),
        ("gt", 1, True), ("gt", 99, True), ("gt", 0, False), ("gt", 100, False), ("gt", None, False),
        ("eq", 100, True), ("eq", 99, False), ("eq", None, False),
        ("yes_no", None, True), ("yes_no", 100, False), ("judged", None, True), ("judged", 50, False),
    ],
)  # fmt: skip
def test_the_database_knows_which_threshold_fits(draft, operator, threshold, is_allowed):
    words = {"unit_word": "hồ sơ", "numerator_label": "a", "denominator_label": "b"}
    criterion = Criterion(
        criteria_set=draft, position=1, code="A", tier="commune", name="A",
        operator=operator, threshold=threshold, **(words if operator in ("ge", "gt", "eq") else {}),
    )  # fmt: skip

    if is_allowed:
        criterion.save()
        assert criterion.rule().threshold == threshold
    else:
        with pytest.raises(IntegrityError, match="criterion_threshold_fits_its_operator"):
            criterion.save()


@pytest.mark.parametrize(
    "wrong", [{"operator": "lt"}, {"unit_word": ""}, {"numerator_label": ""}, {"denominator_label": ""}]
)
def test_a_ratio_says_what_it_counts(draft, wrong):
    values = {
        "operator": "ge",
        "unit_word": "hồ sơ",
        "numerator_label": "a",
        "denominator_label": "b",
    } | wrong

    with pytest.raises(IntegrityError, match="criterion_ratio_says_what_it_counts"):
        Criterion.objects.create(
            criteria_set=draft, position=1, code="A", tier="commune", name="A", threshold=50, **values
        )


def test_a_wrong_threshold_is_explained_to_people(draft):
    criterion = Criterion(
        criteria_set=draft, position=1, code="A", tier="commune", name="A", clause="x", text="x",
        operator="gt", threshold=100, unit_word="hồ sơ", numerator_label="a", denominator_label="b",
    )  # fmt: skip

    with pytest.raises(ValidationError) as refused:
        criterion.full_clean()
    assert refused.value.messages == [
        "Ngưỡng phải từ 1 đến 100 (“tối thiểu”), từ 1 đến 99 (“trên”) hoặc đúng 100 (“đủ”);"
        " tiêu chí không tính bằng tỷ lệ thì không có ngưỡng."
    ]


@pytest.mark.parametrize(
    ("operator", "threshold", "demand"),
    [
        ("ge", 95, "Tối thiểu 95 %"),
        ("gt", 90, "Trên 90 %"),
        ("eq", 100, "Đủ 100 %"),
        ("yes_no", None, "Có hoặc chưa có"),
        ("judged", None, "Xét theo minh chứng"),
    ],
)
def test_demand_in_words(operator, threshold, demand):
    assert Criterion(operator=operator, threshold=threshold).demand == demand
