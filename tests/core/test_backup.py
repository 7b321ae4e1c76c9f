"""A backup is put back whole, and one that is not whole is refused by name."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from core import audit, files
from core.models import AuditHead, Event, File
from tests import papers
from tests.factories import PASSWORD, UnitFactory, UserFactory
from units.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived_in():
    """A portal with people, a file, and a journal that has been sealed and published."""
    user, unit = UserFactory(), UnitFactory()
    file = files.store(SimpleUploadedFile("ke-hoach.pdf", papers.pdf()), by=user)
    Event.record("confirm", unit, by=user, comment="Đồng ý")
    audit.publish_head()
    return user, file


def test_the_drill(lived_in, tmp_path):
    user, file = lived_in
    folder = tmp_path / "ban-sao"
    call_command("backup", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["files"], manifest["identity_keys"]) == (1, ["demo"])

    # Everything is lost, and somebody has begun anew.
    content = files.read(file)
    default_storage.delete(file.path)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_event, units_user, core_file CASCADE")
    UserFactory(username="nguoi.moi")

    call_command("restore", folder, yes=True)
    assert list(User.objects.values_list("username", flat=True)) == [user.username]
    assert files.read(File.objects.get()) == content
    assert (Event.objects.count(), AuditHead.objects.count()) == (1, 1)
    call_command("verify_audit")
    browser = Client()
    browser.post("/tai-khoan/dang-nhap/", {"login": user.username, "password": PASSWORD})
    assert browser.get("/ban-lam-viec/").status_code == 200


def test_never_without_a_word(lived_in, tmp_path):
    call_command("backup", tmp_path / "ban-sao")
    with pytest.raises(CommandError, match="add --yes"):
        call_command("restore", tmp_path / "ban-sao")


@pytest.mark.parametrize("part", ["database.dump", "files.tar"])
def test_a_damaged_backup_is_refused_and_nothing_is_lost(lived_in, tmp_path, part):
    folder = tmp_path / "ban-sao"
    call_command("backup", folder)
    damaged = bytearray((folder / part).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / part).write_bytes(damaged)
    with pytest.raises(CommandError, match=f"{part} is not what was written"):
        call_command("restore", folder, yes=True)
    assert User.objects.count() == 1


def test_without_its_keys_it_is_not_put_back(lived_in, tmp_path, settings):
    folder = tmp_path / "ban-sao"
    call_command("backup", folder)
    settings.IDENTITY_KEYS = {"khac": settings.IDENTITY_KEYS["demo"]}
    with pytest.raises(CommandError, match="IDENTITY_KEYS lacks demo"):
        call_command("restore", folder, yes=True)


def test_not_over_another_backup(lived_in, tmp_path):
    call_command("backup", tmp_path)
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", tmp_path)
