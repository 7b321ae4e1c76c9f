"""Nobody gets a mail twice, and none is lost in silence: with a real worker and a real mail server."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as postbox
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock, outbox
from core.models import Event, OutboxMail
from core.models.mail import MailState
from core.tasks import deliver_mail, sweep
from registrations.models import Reminder, ReminderRule
from registrations.tasks import remind
from tests import workers
from tests.factories import UserFactory, holder_of, member_of
from tests.factories_registrations import (
    ObligationFactory,
    PeriodFactory,
    ReminderRuleFactory,
    a_full_draft,
    file,
)
from units.enums import Function

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def queue(key="thu-1", to=None, **options) -> OutboxMail:
    return outbox.queue(
        key=key, to=to or UserFactory(), subject="Tiêu đề có dấu", body="Nội dung thư", **options
    )


def state_of(mail) -> str:
    mail.refresh_from_db()
    return mail.state


@pytest.fixture
def smtp():
    with workers.mail_server() as server:
        yield server


@pytest.fixture
def smtp_here(smtp, settings):
    """The mail server, to which this very process sends."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", smtp.port
    return smtp


@pytest.fixture
def no_old_tasks():
    workers.forget_tasks()
    yield
    workers.forget_tasks()


@pytest.fixture
def owing(transactional_db, no_old_tasks):
    """Three units, one filer each, whose registrations are due in seven days: a day of reminders."""
    due = clock.today() + timedelta(days=7)
    period = PeriodFactory(
        opens_on=clock.today() - timedelta(days=30),
        last_day=due,
        locks_on=due + timedelta(days=30),
        report_last_day=due + timedelta(days=60),
    )
    ReminderRuleFactory(days_before=7)
    owed = ObligationFactory.create_batch(3, period=period)
    for number, obligation in enumerate(owed):
        member_of(obligation.unit, username=f"nguoi.lap.{number}")
    return owed


ADDRESSES = [f"nguoi.lap.{number}@laocai.example" for number in range(3)]


# --- Without a worker ------------------------------------------------------------------------


def test_the_same_key_twice_is_one_mail(db):
    user = UserFactory()

    assert queue(to=user) is not None
    assert queue(to=user) is None
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize("sender", ["thidua@laocai.example", "Cổng thi đua <thidua@laocai.example>"])
def test_the_message_id_is_fixed_and_wellformed_whatever_the_key(db, settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender
    mail = queue(key="trả lại 2027-02-18T09:00:00+07:00")

    outbox.deliver(mail.pk)

    assert mail.message_id == f"<{mail.uid}@laocai.example>"
    assert [sent.extra_headers["Message-ID"] for sent in postbox.outbox] == [mail.message_id]


def test_a_mail_is_sent_once_however_often_it_is_delivered(db):
    mail = queue()

    outbox.deliver(mail.pk)
    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.attempts, mail.lease_until) == (MailState.SENT, 1, None)
    assert len(postbox.outbox) == 1


def test_a_real_server_takes_it_with_its_message_id(db, smtp_here):
    mail = queue()

    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.answer) == (MailState.SENT, "Máy chủ thư đã nhận")
    assert smtp_here.received == [(mail.to, mail.message_id)]


@pytest.mark.parametrize(
    ("answer", "state", "told"),
    [
        ("550 No such user", MailState.FAILED, "Máy chủ từ chối người nhận: 550 No such user"),
        ("450 Greylisted", MailState.QUEUED, "Máy chủ từ chối người nhận: 450 Greylisted"),
    ],
)
def test_a_refused_recipient_fails_for_good_or_is_tried_later(db, smtp_here, answer, state, told):
    mail = queue()
    smtp_here.refused[mail.to] = answer

    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.answer) == (state, told)
    assert (mail.lease_until is None) == (state == MailState.FAILED)


@pytest.mark.parametrize(
    ("answer", "state", "told"),
    [
        ("554 Spam", MailState.FAILED, "Máy chủ từ chối thư: 554 Spam"),
        ("451 Try later", MailState.QUEUED, "Máy chủ từ chối thư: 451 Try later"),
    ],
)
def test_refused_content_fails_for_good_or_is_tried_later(db, smtp_here, answer, state, told):
    smtp_here.answer_to_data = answer
    mail = queue()

    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.answer, smtp_here.received) == (state, told, [])


def test_a_server_that_hangs_up_after_taking_the_mail_leaves_it_uncertain(db, smtp_here, settings):
    settings.EMAIL_TIMEOUT = 0.3
    smtp_here.hold_at = "DATA"
    mail = queue()

    outbox.deliver(mail.pk)
    outbox.sweep()
    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.attempts) == (MailState.UNCERTAIN, 1)
    assert smtp_here.received == [(mail.to, mail.message_id)]


def test_no_server_is_no_uncertainty_but_is_tried_later_and_at_last_given_up(db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    mail = queue()
    pauses = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(20):
            outbox.deliver(mail.pk)
            outbox.deliver(mail.pk)  # before its time: left alone
            if state_of(mail) != MailState.QUEUED:
                break
            pauses.append((mail.lease_until - clock.now()).total_seconds() / 60)
            traveller.move_to(mail.lease_until)

    assert pauses == [2, 4, 8, 16, 32]
    assert (mail.state, mail.attempts) == (MailState.FAILED, 6)
    assert mail.answer.startswith("Thử 6 lần không được: ")


def test_a_mail_that_cannot_be_written_is_told_and_never_uncertain(db):
    mail = queue()
    OutboxMail.objects.filter(pk=mail.pk).update(subject="Hai\ndòng", attempts=5)

    outbox.deliver(mail.pk)

    assert (state_of(mail), mail.attempts) == (MailState.FAILED, 6)
    assert postbox.outbox == []


def still_owed(mail) -> outbox.Words | None:
    return {
        "Đã nộp": None,
        "Còn hai việc": outbox.Words("Còn một việc", "Một việc"),
    }.get(mail.subject, outbox.Words(mail.subject, mail.body))


@pytest.mark.parametrize(
    ("subject", "state", "sent"),
    [
        ("Đã nộp", MailState.DROPPED, []),
        ("Chưa nộp", MailState.SENT, [("Chưa nộp", "Nội dung thư")]),
        ("Còn hai việc", MailState.SENT, [("Còn một việc", "Một việc")]),
    ],
)
def test_what_is_still_due_is_asked_just_before_sending(db, subject, state, sent):
    mail = queue(still_due="tests.core.test_outbox.still_owed")
    OutboxMail.objects.filter(pk=mail.pk).update(subject=subject)

    outbox.deliver(mail.pk)

    assert (state_of(mail), [(m.subject, m.body) for m in postbox.outbox]) == (state, sent)
    assert [(mail.subject, mail.body)] == (sent or [("Đã nộp", "Nội dung thư")])


def test_it_is_asked_only_once_the_server_has_answered(db, settings):
    """A server that keeps one waiting must not make the answer old."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    mail = queue(still_due="tests.core.test_outbox.still_owed")
    OutboxMail.objects.filter(pk=mail.pk).update(subject="Đã nộp")

    outbox.deliver(mail.pk)
    assert state_of(mail) == MailState.QUEUED

    with workers.mail_server() as smtp, time_machine.travel(mail.lease_until):
        settings.EMAIL_PORT = smtp.port
        outbox.deliver(mail.pk)
    assert (state_of(mail), smtp.received) == (MailState.DROPPED, [])


def test_many_mails_are_queued_in_one_statement_or_not_at_all(db, django_assert_num_queries):
    users = UserFactory.create_batch(3)
    letters = [{"key": f"k{n}", "to": user, "subject": "S", "body": "B"} for n, user in enumerate(users)]

    with django_assert_num_queries(1):
        mails = outbox.queue_all(letters)

    assert [(mail.to, mail.recipient, mail.message_id) for mail in OutboxMail.objects.order_by("pk")] == [
        (user.email, user, f"<{mail.uid}@laocai.example>") for user, mail in zip(users, mails, strict=True)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        outbox.queue_all([letters[0], {**letters[1], "key": "new"}])
    assert OutboxMail.objects.count() == 3


def test_a_mail_given_back_is_noted_once_and_only_if_it_went(db):
    noted = {}
    for state in MailState:
        mail = queue(key=state)
        OutboxMail.objects.filter(pk=mail.pk).update(state=state, sent_at=clock.now())
        outbox.note_bounce(mail.message_id, "550 hộp thư đầy")
        noted[state] = state_of(mail)

    assert noted == {
        "queued": "queued",
        "sending": "sending",
        "sent": "bounced",
        "uncertain": "bounced",
        "failed": "failed",
        "dropped": "dropped",
        "bounced": "bounced",
    }
    assert OutboxMail.objects.get(key="sent").answer == "Bị trả lại: 550 hộp thư đầy"
    assert outbox.note_bounce("<la@laocai.example>", "550") is None


def test_a_late_worker_still_tells_of_a_parked_mail_but_not_of_one_a_person_sent_again(db):
    mails = _, retried, retaken = [queue(key) for key in "abc"]
    claims = [outbox._claim(mail.pk) for mail in mails]
    with time_machine.travel(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        outbox.sweep()
        assert [state_of(mail) for mail in mails] == [MailState.UNCERTAIN] * 3
        assert [outbox.retry(retried), outbox.retry(retaken)] == [True, True]
        newest = outbox._claim(retaken.pk)
        for claim in claims:
            outbox._note(claim, MailState.SENT, "Máy chủ thư đã nhận", sent_at=clock.now())
        assert [state_of(mail) for mail in mails] == [MailState.SENT, MailState.QUEUED, MailState.SENDING]
        outbox._note(newest, MailState.FAILED, "550")

    assert (state_of(retaken), retaken.answer) == (MailState.FAILED, "550")


def test_only_failed_uncertain_and_returned_mails_are_sent_again(db):
    outcomes = {}
    for state in MailState:
        mail = queue(key=state)
        OutboxMail.objects.filter(pk=mail.pk).update(state=state, attempts=6, sent_at=clock.now())
        outcomes[state] = (outbox.retry(mail), state_of(mail), mail.attempts)

    assert outcomes == {
        "queued": (False, "queued", 6),
        "sending": (False, "sending", 6),
        "sent": (False, "sent", 6),
        "uncertain": (True, "queued", 0),
        "failed": (True, "queued", 0),
        "dropped": (False, "dropped", 6),
        "bounced": (True, "queued", 0),
    }


# --- With a worker ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_reminder_job_run_twice_reaches_each_person_once(owing, smtp, tmp_path):
    with workers.worker(tmp_path, smtp_port=smtp.port) as worker:
        remind.delay()
        remind.delay()
        sweep.delay()
        workers.eventually(lambda: OutboxMail.objects.filter(state=MailState.SENT).count() == 3, worker)
        remind.delay()
        workers.eventually(lambda: workers.waiting_tasks() == 0, worker)

    assert smtp.recipients == ADDRESSES
    assert Reminder.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_job_killed_in_the_middle_of_a_batch_reaches_each_person_once(owing, smtp_here, tmp_path):
    _, second, _ = owing
    rule = ReminderRule.objects.get()
    user = second.unit.memberships.get().user
    with workers.worker(tmp_path, smtp_port=smtp_here.port) as worker, transaction.atomic():
        # The second mail's key is taken but not committed: there the job must wait for us.
        queue(f"reminder-rule-{rule.pk}-{second.pk}-{user.pk}-{second.due.isoformat()}", to=user)
        remind.delay()
        workers.eventually(lambda: workers.locks_waited_for() == 1, worker)
        workers.kill(worker)
        transaction.set_rollback(True)
    # What is queued together stands or falls together.
    assert (Reminder.objects.count(), OutboxMail.objects.count()) == (0, 0)

    remind()
    for mail_id in OutboxMail.objects.values_list("pk", flat=True):
        deliver_mail(mail_id=mail_id)

    assert smtp_here.recipients == ADDRESSES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("hold_at", "received"),
    [
        pytest.param("EHLO", [], id="between claim and hand-over"),
        pytest.param("DATA", ["nguoi.nhan@laocai.example"], id="between hand-over and note"),
    ],
)
def test_a_mail_whose_worker_was_killed_is_parked_shown_and_sent_again_only_by_a_person(
    transactional_db, no_old_tasks, smtp_here, tmp_path, client, hold_at, received
):
    smtp_here.hold_at = hold_at
    with workers.worker(tmp_path, smtp_port=smtp_here.port) as worker:
        mail = queue(to=UserFactory(username="nguoi.nhan"))
        workers.eventually(smtp_here.is_holding.is_set, worker)
        workers.kill(worker)
    smtp_here.hold_at = ""
    assert (state_of(mail), smtp_here.recipients) == (MailState.SENDING, received)

    sweep()
    assert state_of(mail) == MailState.SENDING  # its worker may still be alive
    with time_machine.travel(clock.now() + outbox.LEASE):
        for _ in range(2):
            sweep()
            deliver_mail(mail_id=mail.pk)  # what the broker gives back after its own patience
    assert (state_of(mail), smtp_here.recipients) == (MailState.UNCERTAIN, received)

    outbox.deliver(queue("another").pk)
    assert smtp_here.received.pop()[0] != mail.to
    client.force_login(holder_of(Function.STANDING_BODY))
    shown = client.get(reverse("reports:mails"), {"trang-thai": "uncertain"})
    assert re.findall(r"/thu/([0-9a-f-]{36})/", shown.content.decode()) == [str(mail.uid)]
    assert "Chưa rõ đã gửi hay chưa" in shown.content.decode()
    client.post(reverse("reports:retry_mail", args=[mail.uid]))
    deliver_mail(mail_id=mail.pk)

    assert state_of(mail) == MailState.SENT
    assert smtp_here.received == [(mail.to, mail.message_id)] * (len(received) + 1)
    assert list(Event.objects.values_list("act", "object_uid")) == [("retry", mail.uid)]


# --- Without a broker ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_registration_is_filed_while_the_broker_is_down_and_its_mail_goes_later(owing, smtp_here):
    filer = owing[0].unit.memberships.get().user
    with workers.broker_down():
        registration = a_full_draft(owing[0].unit, filer, owing[0].period)
        began = time.monotonic()
        receipt = file(registration, filer)
        assert time.monotonic() - began < 5
    registration.refresh_from_db()
    assert (registration.state, receipt.number, workers.waiting_tasks()) == ("filed", 1, 0)
    mail = OutboxMail.objects.get()
    assert mail.state == MailState.QUEUED

    sweep()
    assert workers.waiting_tasks() == 1
    deliver_mail(mail_id=mail.pk)

    assert state_of(mail) == MailState.SENT
    assert smtp_here.recipients == [filer.email]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_mails_wait_for_a_silent_broker_only_once(transactional_db, no_old_tasks, settings):
    settings.BROKER_SILENCE_SECONDS = 30
    user = UserFactory()
    with workers.broker_down():
        began = time.monotonic()
        for number in range(100):
            queue(str(number), to=user)
        assert time.monotonic() - began < 8
        assert workers.waiting_tasks() == 0

    sweep()
    assert workers.waiting_tasks() == 100
