"""Evaluations: never changed, said again years later, and stored by the thousand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from registrations import bulk, workflow
from registrations.models import Evaluation, Figure, Period
from registrations.ranking import digest, standings
from registrations.replay import replay
from registrations.workflow.ranking import publish
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import a_report, a_submitted_report, answer, judge_all, submit
from tests.registrations.test_ranking import verified_report

STORED = (
    "report_id", "on_verified", "set_sha256", "input_sha256", "engine_version", "inputs", "results",
    "summary", "score", "scale_id",
)  # fmt: skip
GUARDED = ("registrations_evaluation", "registrations_rankingrow", "criteria_criterion")


@pytest.fixture
def reports(world):
    """A verified report with corrected and refused figures, a submitted one, a draft."""
    verified = answer(a_report(world.unit, world.filer), world.filer, 95, 100)
    submit(verified, world.filer)
    words = [("corrected", 10, 100, "Đếm lại."), ("refused", None, None, 'Không có "sổ"\\ \t\n')]
    for figure, (verdict, numerator, denominator, comment) in zip(
        verified.figures.all(), words, strict=False
    ):
        workflow.judge_figure(
            figure, by=world.standing, verdict=verdict, numerator=numerator, denominator=denominator,
            comment=comment,
        )  # fmt: skip
    judge_all(verified, world.standing)
    workflow.verify(verified, by=world.standing)
    firm = UnitFactory(enterprise=True)
    a_report(UnitFactory(commune=True), world.filer)
    return verified, a_submitted_report(firm, member_of(firm))


def rows():
    return list(Evaluation.objects.order_by("report_id", "-id").distinct("report_id").values(*STORED))


def forget():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE registrations_evaluation")


def tampered(sql, *values):
    """Change stored rows behind the trigger's back."""
    with connection.cursor() as cursor:
        # The checks of foreign keys wait for the end of the transaction, which here never comes.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def told():
    out = StringIO()
    try:
        call_command("replay_evaluations", stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue().strip().splitlines()


def test_a_row_never_changes(reports):
    for change in (
        lambda: Evaluation.objects.update(score="100"),
        lambda: Evaluation.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_in_bulk_the_same_is_stored_as_one_by_one(world, reports):
    singly = rows()
    forget()

    assert bulk.evaluate_period(Period.objects.get(pk=world.period.pk)) == (2, 0)
    assert rows() == singly


def test_only_what_is_new_makes_a_new_row(world, reports):
    out = StringIO()
    before = Evaluation.objects.count()
    call_command("evaluate_period", "2027", stdout=out, stderr=StringIO())
    assert (Evaluation.objects.count(), out.getvalue()) == (
        before,
        "Năm 2027: 0 đánh giá mới, 2 giữ nguyên.\n",
    )
    Figure.objects.filter(report=reports[1], numerator=90).update(numerator=91)

    call_command("evaluate_period", "2027", stdout=out, stderr=StringIO())

    assert Evaluation.objects.count() == before + 1
    assert Evaluation.objects.latest("id").report == reports[1]
    with pytest.raises(CommandError):
        call_command("evaluate_period", "1999")


def test_batches_miss_no_report(world, monkeypatch):
    for number in range(3):
        verified_report(world, UnitFactory(commune=True), number)
    monkeypatch.setattr(bulk, "BATCH", 2)
    seen = []
    forget()

    period = Period.objects.get(pk=world.period.pk)
    assert bulk.evaluate_period(period, on_progress=seen.append) == (3, 0)
    assert seen == [2, 3]


def test_replay_finds_nothing_where_nothing_was_touched(reports):
    assert [differences for _, differences in replay()] == [[], [], []]
    assert told() == ["3 đánh giá, 2 báo cáo, 0 bảng xếp hạng: 0 khác khi tính lại."]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("score = '99'", "điểm: đã ghi 99, tính lại"),
        ("results = jsonb_set(results, '{0,verdict}', '\"met\"')", "COMM-1: verdict"),
        ("results = jsonb_set(results, '{0,explanation}', '\"khác\"')", "COMM-1: explanation"),
        ("results = results - 0", "COMM-1: không có kết luận"),
        ("summary = jsonb_set(summary, '{met}', '99')", "phần tổng hợp"),
        (
            "inputs = jsonb_set(inputs, '{COMM-1,numerator}', '11')",
            "số liệu đầu vào không khớp mã băm",
        ),
        ("set_sha256 = repeat('0', 64)", "không còn bộ tiêu chí có mã băm này"),
        ("on_verified = NOT on_verified", "nội dung dòng không khớp mã băm của dòng"),
        ("engine_version = '0'", "nội dung dòng không khớp mã băm của dòng"),
        ("at = at + interval '1 microsecond'", "nội dung dòng không khớp mã băm của dòng"),
        ("uid = gen_random_uuid()", "nội dung dòng không khớp mã băm của dòng"),
    ],
)
def test_a_row_edited_by_hand_is_found_and_named(reports, change, what):
    row = Evaluation.objects.filter(report=reports[0]).latest("id")
    tampered(f"UPDATE registrations_evaluation SET {change} WHERE id = %s", row.pk)

    found = told()

    row.refresh_from_db()
    assert found[0].startswith(f"{row.uid} Xã Bản Phiệt, năm 2027: {what}")
    assert {line.split(" ")[0] for line in found[:-1]} <= {str(row.uid), str(row.report.uid)}


def test_a_row_put_under_another_report_is_found(reports):
    row = Evaluation.objects.filter(report=reports[0]).earliest("id")
    tampered("UPDATE registrations_evaluation SET report_id = %s WHERE id = %s", reports[1].pk, row.pk)

    name = reports[1].unit.name
    assert told()[0] == f"{row.uid} {name}, năm 2027: nội dung dòng không khớp mã băm của dòng"


@pytest.mark.parametrize(
    ("number", "change", "what"),
    [
        (
            0, "verified_numerator = 11",
            "COMM-1: số liệu hiện nay 11/100, thẩm định: corrected, đã đánh giá 10/100, thẩm định: corrected",
        ),
        (
            0, "verdict = 'accepted', verified_numerator = NULL, verified_denominator = NULL",
            "COMM-1: số liệu hiện nay 95/100, thẩm định: accepted, đã đánh giá 10/100, thẩm định: corrected",
        ),
        (1, "numerator = 89", "ENT-3: số liệu hiện nay 89/100, thẩm định: pending, đã đánh giá 90/100,"),
    ],
)  # fmt: skip
def test_a_figure_edited_by_hand_is_found_and_named(reports, number, change, what):
    report = reports[number]
    code = what.split(":")[0]
    tampered(
        f"UPDATE registrations_figure SET {change} WHERE report_id = %s AND criterion_id IN"
        " (SELECT id FROM criteria_criterion WHERE code = %s)", report.pk, code,
    )  # fmt: skip

    found = told()

    assert found[0].startswith(f"{report.uid} {report.unit.name}, năm 2027: {what}")
    assert found[1:] == ["3 đánh giá, 2 báo cáo, 0 bảng xếp hạng: 1 khác khi tính lại."]


def test_a_word_given_while_a_report_is_verified_is_no_difference(world, reports):
    figure = reports[1].figures.get(criterion__code="ENT-3")
    workflow.judge_figure(
        figure, by=world.standing, verdict="corrected", numerator=1, denominator=2, comment="Đếm lại."
    )

    assert told() == ["3 đánh giá, 2 báo cáo, 0 bảng xếp hạng: 0 khác khi tính lại."]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("total = '99'", "Xã C: điểm không khớp cách tính đã ghi"),
        ("place = 1", "Xã C: hạng đã ghi 1, tính lại 2"),
        ("explanation = explanation - 'shares'", "Xã C: điểm không khớp cách tính đã ghi"),
    ],
)
def test_a_published_place_edited_by_hand_is_found_and_named(world, change, what):
    units = [world.unit, *(UnitFactory(commune=True, name=name) for name in ("Xã B", "Xã C"))]
    for unit, met in zip(units, (4, 2, 2), strict=True):
        verified_report(world, unit, met)
    period = Period.objects.get(pk=world.period.pk)
    publish(period, "commune", by=world.standing_lead, sha256=digest(standings(period, "commune")))
    assert told() == ["6 đánh giá, 3 báo cáo, 1 bảng xếp hạng: 0 khác khi tính lại."]

    tampered(f"UPDATE registrations_rankingrow SET {change} WHERE unit_id = %s", units[2].pk)

    assert told() == [
        f"Xếp hạng cấp xã năm 2027, {what}",
        "Xếp hạng cấp xã năm 2027: nội dung không khớp mã băm",
        "6 đánh giá, 3 báo cáo, 1 bảng xếp hạng: 1 khác khi tính lại.",
    ]


def test_a_criterion_edited_by_hand_is_found(reports):
    tampered("UPDATE criteria_criterion SET threshold = 99 WHERE code = 'COMM-1'")

    assert "nội dung bộ tiêu chí không khớp mã băm" in told()[0]
