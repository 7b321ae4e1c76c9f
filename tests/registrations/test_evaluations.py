"""Evaluations: never changed, said again years later, and stored by the thousand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from registrations import bulk, workflow
from registrations.models import Evaluation, Figure, Period
from registrations.replay import replay
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import a_report, a_submitted_report, answer, judge_all, submit
from tests.registrations.test_ranking import verified_report

STORED = (
    "report_id", "on_verified", "set_sha256", "input_sha256", "engine_version", "inputs", "results",
    "summary", "score", "scale_id",
)  # fmt: skip


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
        for table in ("registrations_evaluation", "criteria_criterion"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in ("registrations_evaluation", "criteria_criterion"):
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
    assert told() == ["3 đánh giá, 0 khác khi tính lại."]


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
    ],
)
def test_a_row_edited_by_hand_is_found_and_named(reports, change, what):
    row = Evaluation.objects.filter(report=reports[0]).latest("id")
    tampered(f"UPDATE registrations_evaluation SET {change} WHERE id = %s", row.pk)

    found = told()

    assert found[0].startswith(f"{row.uid} Xã Bản Phiệt, năm 2027: {what}")
    assert found[-1] == "3 đánh giá, 1 khác khi tính lại."


def test_a_criterion_edited_by_hand_is_found(reports):
    tampered("UPDATE criteria_criterion SET threshold = 99 WHERE code = 'COMM-1'")

    assert "nội dung bộ tiêu chí không khớp mã băm" in told()[0]
