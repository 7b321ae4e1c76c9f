"""Data of people: given out, hidden after its period, erased from the journal, sealed with new keys."""

import io
import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction

from awards.models import Dossier, DossierSubmission, Nominee
from core import audit, audit_chain, clock, files, personal, vault
from core.identity import seal, unseal
from core.loading import RETENTION, load_retention
from core.models import AccessLog, Event, EventPayload, OutboxMail, RetentionPeriod
from registrations.models import Registration, RegistrationVersion
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_awards import a_submitted_dossier, an_individual
from tests.factories_registrations import ON_TIME, a_filed_registration
from units.accounts import SecretsAtRestAdapter
from units.enums import Function
from units.models import AccountRequest

pytestmark = pytest.mark.django_db
NUMBER = "010090001234"
INVENTORY = Path("docs/personal-data.md").read_text()


def run(command, *arguments, **options) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def today():
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        load_retention()
        yield traveller


def years_later(traveller, years):
    traveller.move_to(clock.now() + timedelta(days=366 * years))


def numbered(dossier) -> Nominee:
    """The dossier's one nominee, with an identity number."""
    sealed = seal(NUMBER)
    dossier.nominees.update(
        identity_ciphertext=sealed.ciphertext, identity_key=sealed.key, identity_index=sealed.index
    )
    return dossier.nominees.get()


# The inventory

#: words in names of columns that call for a line in the inventory
TELLING = (
    "name",
    "email",
    "phone",
    "contact",
    "birth",
    "identity",
    "address",
    "author",
    "signer",
    "position",
)
#: columns so named that say nothing of a person, each looked at
NOT_PERSONAL = set((Path(__file__).parent / "columns_not_personal.txt").read_text().split())


def columns() -> set[str]:
    ours = [m for m in apps.get_models() if m._meta.app_label in ("core", "units", "registrations", "awards")]
    text = (
        models.CharField,
        models.TextField,
        models.DateField,
        models.BinaryField,
        models.GenericIPAddressField,
    )
    return {
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, text) and any(word in field.name for word in TELLING)
    }


def test_every_column_that_may_tell_who_somebody_is_stands_in_the_inventory():
    told = {column for column in columns() if f"`{column}`" in INVENTORY}
    assert columns() - told == NOT_PERSONAL


def test_the_inventory_names_every_holding_with_its_fields_purpose_and_periods():
    missing = []
    for holding in personal.HOLDINGS.values():
        wanted = [holding.label, holding.purpose, holding.kept, f"`{holding.code}`"]
        wanted += [f"`{holding.name}.{name}`" for name in holding.fields]
        missing += [word for word in wanted if word not in INVENTORY]
    for row in json.loads(RETENTION.read_text()):
        line = f"| `{row['holding']}` | `{row['outcome']}` | {row['months']} |"
        missing += [line] if line not in INVENTORY else []
    assert missing == []


def test_every_shipped_period_is_of_a_holding_and_is_loaded_once():
    assert load_retention() == len(json.loads(RETENTION.read_text()))
    assert load_retention() == 0
    shipped = set(RetentionPeriod.objects.values_list("holding", "outcome"))
    known = {(h.code, o.code) for h in personal.HOLDINGS.values() for o in h.outcomes}
    assert shipped == known


# Past its period


def test_the_contact_of_a_registration_is_hidden_everywhere_five_years_after_the_lock(today):
    registration = a_filed_registration(unit := UnitFactory(commune=True), member_of(unit))
    version = RegistrationVersion.objects.get()
    name, sha256 = registration.contact_name, version.sha256
    assert name
    assert version.snapshot["contact"]["name"] == name
    years_later(today, 4)
    run("anonymise_personal_data", yes=True)
    assert Registration.objects.get().contact_name == name
    years_later(today, 2)
    assert "Người liên hệ của bản đăng ký – kỳ đã khóa (60 tháng): 1" in run(
        "anonymise_personal_data", dry_run=True
    )
    assert Registration.objects.get().contact_name == name
    run("anonymise_personal_data", yes=True)
    hidden, version = Registration.objects.get(), RegistrationVersion.objects.get()
    assert (hidden.contact_name, hidden.contact_phone) == (personal.HIDDEN, "")
    assert version.snapshot["contact"] == {"name": personal.HIDDEN, "phone": ""}
    assert (version.sha256, hidden.state, hidden.objectives) == (sha256, "filed", registration.objectives)
    assert "kỳ đã khóa (60 tháng): 0" in run("anonymise_personal_data", yes=True)
    done = Event.objects.filter(act="anonymise", payload__data__holding="registrations.contact").get()
    assert done.payload.data["rows"] == 1


def test_a_filed_version_changes_for_nothing_else(today):
    a_filed_registration(unit := UnitFactory(commune=True), member_of(unit))
    for change in ({"snapshot": {}}, {"sha256": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RegistrationVersion.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), personal.erasing():
        RegistrationVersion.objects.update(sha256="0" * 64)
    with personal.erasing():
        pass
    with pytest.raises(DatabaseError), transaction.atomic():
        RegistrationVersion.objects.update(snapshot={})


def test_of_who_was_not_awarded_only_what_is_counted_stays(today):
    unit = UnitFactory(commune=True, name="Xã Bản Phiệt")
    filer = member_of(unit)
    dossier = a_submitted_dossier(unit, filer, [an_individual(unit, "Nguyễn Thị Hòa")])
    nominee = numbered(dossier)
    Event.record("not_recommend", nominee, by=filer, comment="Bà Hòa bị kỷ luật.")
    audit.seal()
    before = list(Nominee.objects.values("kind", "sex", "unit", "state", "dossier"))
    years_later(today, 11)
    run("anonymise_personal_data", yes=True)
    hidden = Nominee.objects.get()
    assert (hidden.name, hidden.search_name, hidden.birth_date) == (personal.HIDDEN, "da an danh", None)
    assert (hidden.identity_ciphertext, hidden.identity_index, hidden.position) == (None, "", "")
    assert list(Nominee.objects.values("kind", "sex", "unit", "state", "dossier")) == before
    kept = json.dumps(DossierSubmission.objects.get().snapshot, ensure_ascii=False)
    assert "Hòa" not in kept
    assert "individual" in kept
    assert not EventPayload.objects.filter(comment__contains="Hòa").exists()
    assert list(audit_chain.faults(audit.chain(), {})) == []
    assert Dossier.objects.get().state == "submitted"


def test_without_a_row_in_force_nothing_is_hidden(today):
    a_filed_registration(unit := UnitFactory(commune=True), member_of(unit))
    RetentionPeriod.objects.all().delete()
    years_later(today, 50)
    assert run("anonymise_personal_data", yes=True) == ""
    assert Registration.objects.get().contact_name != personal.HIDDEN


def test_an_account_is_closed_for_good_five_years_after_its_last_membership(today):
    gone, here = UserFactory(left=True, full_name="Lù Văn Đi", position="Công chức"), member_of(UnitFactory())
    years_later(today, 6)
    run("anonymise_personal_data", yes=True)
    gone.refresh_from_db()
    here.refresh_from_db()
    assert (gone.position, gone.full_name, gone.username) == (
        personal.HIDDEN,
        "Lù Văn Đi",
        f"an-danh-{gone.uid}",
    )
    assert not gone.has_usable_password()
    assert here.email.endswith("@laocai.example")


@pytest.mark.parametrize(("state", "hidden"), [("queued", False), ("sending", False), ("sent", True)])
def test_a_mail_is_hidden_two_years_after_it_was_sent_not_while_it_waits(today, state, hidden):
    OutboxMail.objects.create(
        key="k", to="an@laocai.example", subject="Nhắc", body="Kính gửi", message_id="<1>", state=state,
        queued_at=clock.now(), sent_at=clock.now() if state == "sent" else None,
    )  # fmt: skip
    years_later(today, 3)
    run("anonymise_personal_data", yes=True)
    assert OutboxMail.objects.values_list("to", "subject", "body").get() == (
        ("", personal.HIDDEN, "") if hidden else ("an@laocai.example", "Nhắc", "Kính gửi")
    )


def test_hiding_needs_a_word():
    with pytest.raises(CommandError, match="dry-run"):
        run("anonymise_personal_data")


# One person's data


def test_what_is_held_of_a_person_is_written_to_a_new_file(today, tmp_path, monkeypatch):
    unit = UnitFactory(commune=True)
    filer, other = member_of(unit, full_name="Lý Thị Mai"), member_of(unit, full_name="Tráng A Sử")
    numbered(a_submitted_dossier(unit, filer, [an_individual(unit, "Nguyễn Thị Hòa")]))
    Event.record("file", unit, by=other)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    path = tmp_path / "nguoi.json"
    run("export_personal_data", path, user=filer.username, identity=True)
    found = json.loads(path.read_text())
    assert found["Tài khoản"][0]["họ và tên"] == "Lý Thị Mai"
    assert [row["số định danh"] for row in found["Đối tượng không được khen thưởng"]] == [NUMBER]
    assert {row["tên người thực hiện"] for row in found["Nhật ký việc đã làm"]} == {"Lý Thị Mai"}
    assert "Tráng A Sử" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert AccessLog.objects.filter(what="export_personal_data", object_uid=filer.uid).count() == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    with pytest.raises(CommandError, match=r"nguoi\.json"):
        run("export_personal_data", path, user=filer.username, identity=True)


def test_an_export_of_nobody_or_of_a_wrong_number_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("12\n"))
    for options in ({}, {"user": "khong.co"}, {"identity": True}):
        with pytest.raises(CommandError):
            run("export_personal_data", tmp_path / "x.json", **options)
    assert not (tmp_path / "x.json").exists()


def test_a_dry_run_of_an_export_counts_and_writes_nothing(today, tmp_path):
    user = member_of(UnitFactory())
    said = run("export_personal_data", user=user.username, dry_run=True)
    assert said.splitlines() == ["Tài khoản: 1", "Vai trò ở các đơn vị: 1", "Chạy thử: chưa ghi gì ra tệp."]
    assert list(tmp_path.iterdir()) == []


# The journal


def test_words_are_erased_from_events_and_the_chain_holds(today):
    user, unit = UserFactory(), UnitFactory()
    events = [Event.record("return", unit, by=user, comment=f"Lời {n}") for n in range(3)]
    audit.publish_head()
    told = run("erase_event_words", events[1].uid, reason="Theo đơn ngày 02/02/2027.", dry_run=True)
    assert "1 of 1 events have words." in told
    assert EventPayload.objects.count() == 3
    run("erase_event_words", events[1].uid, reason="Theo đơn ngày 02/02/2027.")
    left = set(EventPayload.objects.filter(event__act="return").values_list("comment", flat=True))
    assert left == {"Lời 0", "Lời 2"}
    assert Event.objects.get(pk=events[1].pk).payload_sha256 == events[1].payload_sha256
    erased = Event.objects.get(act="erase_payload")
    assert (erased.object_uid, erased.payload.data) == (
        events[1].uid,
        {"reason": "Theo đơn ngày 02/02/2027."},
    )
    assert "The chain holds" in run("verify_audit")


def test_words_are_not_erased_without_a_reason(today):
    event = Event.record("return", UnitFactory(), by=UserFactory(), comment="Lời")
    with pytest.raises(CommandError, match="Why"):
        run("erase_event_words", event.uid)
    assert EventPayload.objects.count() == 1


# New keys


def test_numbers_and_second_factors_are_sealed_anew_with_the_first_key(today, settings):
    old = dict(settings.IDENTITY_KEYS)
    holder_of(Function.STANDING_BODY)
    unit = UnitFactory(commune=True)
    user = member_of(unit)
    numbered(a_submitted_dossier(unit, user, [an_individual(unit)]))
    sealed = seal("010190005678")
    AccountRequest.objects.create(
        request_key="00000000-0000-0000-0000-000000000001", kind="household_business", name="Hộ", place=unit,
        document=files.store_bytes(b"x", name="x.pdf", content_type=files.PDF),
        identity_ciphertext=sealed.ciphertext, identity_key=sealed.key, identity_index=sealed.index,
        contact_name="Mai", contact_email="mai@laocai.example", contact_phone="0", submitted_at=clock.now(),
    )  # fmt: skip
    secret = SecretsAtRestAdapter().encrypt("JBSWY3DP")
    factor = Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    settings.IDENTITY_KEYS = {"moi": b64encode(b"n" * 32).decode(), **old}

    dry = run("rotate_identity_keys", dry_run=True)
    assert "second factors: 1" in dry
    assert Nominee.objects.get().identity_key in old
    run("rotate_identity_keys")
    settings.IDENTITY_KEYS = {"moi": settings.IDENTITY_KEYS["moi"]}
    nominee, request = Nominee.objects.get(), AccountRequest.objects.get()
    assert (nominee.identity_key, unseal(nominee.identity_ciphertext, "moi")) == ("moi", NUMBER)
    assert nominee.identity_index == seal(NUMBER).index
    assert unseal(request.identity_ciphertext, request.identity_key) == "010190005678"
    factor.refresh_from_db()
    assert vault.unlock(factor.data["secret"], "second factor") == "JBSWY3DP"
    counts = [
        line.rpartition(": ")[2] for line in run("rotate_identity_keys", dry_run=True).splitlines()[:-1]
    ]
    assert set(counts) == {"0"}
