"""Backup and restore: the database as PostgreSQL's own dump, every stored file, and what proves both whole.

A backup is a folder: `database.dump`, `files.tar`, `manifest.json`. The secrets are not in it: the manifest
names the ids of the identity keys without which the numbers cannot be read.
"""

import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core import audit, clock
from core.audit_chain import faults
from core.models import AuditBatch, File

DATABASE, FILES, MANIFEST = "database.dump", "files.tar", "manifest.json"


class BackupFailed(Exception):
    """A backup could not be written, read or put back whole; the message says why."""


def write(folder: Path) -> dict:
    """Write a backup into a new or empty folder; its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupFailed(f"{folder} is not empty.")
    counted = _counts()
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DATABASE}")
    # After the database: files are only ever added, so each row of the dump finds its bytes.
    count = _pack(folder / FILES)
    head = AuditBatch.objects.last()
    manifest = {
        "written_at": clock.now().isoformat(),
        "migrations": sorted(f"{m.app}.{m.name}" for m in MigrationRecorder.Migration.objects.all()),
        "rows": counted,
        "files": count,
        "audit_head": {"batch": head.number, "hash": head.hash} if head else None,
        "identity_keys": sorted(settings.IDENTITY_KEYS),
        "sha256": {name: _sha256(folder / name) for name in (DATABASE, FILES)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return manifest


def restore(folder: Path) -> dict:
    """Put a backup back in place of what the database holds, then prove it whole; its manifest."""
    manifest = read_manifest(folder)
    missing = sorted(set(manifest["identity_keys"]) - set(settings.IDENTITY_KEYS))
    if missing:
        raise BackupFailed(f"IDENTITY_KEYS lacks {', '.join(missing)}: identity numbers could not be read.")
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
         f"--dbname={connection.settings_dict['NAME']}", str(folder / DATABASE))  # fmt: skip
    connection.close()
    _unpack(folder / FILES)
    wrong = list(differences(manifest))
    if wrong:
        raise BackupFailed("Restored, but not whole: " + "; ".join(wrong))
    return manifest


def read_manifest(folder: Path) -> dict:
    """The manifest of a backup whose parts are as they were written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise BackupFailed(f"{folder} is no backup: {error}") from error
    for name, expected in manifest["sha256"].items():
        if _sha256(folder / name) != expected:
            raise BackupFailed(f"{name} is not what was written: its SHA-256 differs.")
    return manifest


def differences(manifest: dict):
    """What the portal now holds otherwise than the manifest says: row counts, files, the sealed journal."""
    now = _counts()
    for table in sorted(now.keys() | manifest["rows"].keys()):
        if now.get(table) != manifest["rows"].get(table):
            yield f"{table}: {now.get(table)} rows, {manifest['rows'].get(table)} in the backup"
    for file in File.objects.order_by("pk").iterator():
        if not default_storage.exists(file.path):
            yield f"file {file.uid} is missing"
        elif _sha256_of(default_storage.open(file.path)) != file.sha256:
            yield f"file {file.uid} has other bytes"
    yield from faults(audit.chain(), audit.published_heads())


def _counts() -> dict[str, int]:
    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            (counts[table],) = cursor.fetchone()
    return counts


def _pack(path: Path) -> int:
    files = File.objects.order_by("pk")
    with tarfile.open(path, "w") as archive:
        for file in files.iterator():
            entry = tarfile.TarInfo(file.path)
            entry.size = file.size
            with default_storage.open(file.path) as stored:
                archive.addfile(entry, stored)
    return files.count()


def _unpack(path: Path) -> None:
    with tarfile.open(path) as archive:
        for entry in archive:
            if not default_storage.exists(entry.name):
                default_storage.save(entry.name, Content(archive.extractfile(entry)))


def _run(program: str, *options: str) -> None:
    database = connection.settings_dict
    environment = os.environ | {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or 5432),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    path = str(Path(settings.POSTGRES_PROGRAMS) / program) if settings.POSTGRES_PROGRAMS else program
    try:
        done = subprocess.run([path, *options], env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BackupFailed(
            f"{program} cannot be run ({error}); POSTGRES_PROGRAMS names its folder."
        ) from error
    if done.returncode:
        raise BackupFailed(f"{program} failed: {done.stderr.strip()[-2000:]}")


def _sha256(path: Path) -> str:
    return _sha256_of(path.open("rb"))


def _sha256_of(stored) -> str:
    digest = hashlib.sha256()
    with stored:
        while chunk := stored.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
