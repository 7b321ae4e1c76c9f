"""The package of a proposal as one archive, fit for the online public service portal or the post.

Every file in it is named with its SHA-256 in `manifest.json`, and in `SHA256SUMS` for `sha256sum -c`.
"""

import hashlib
import io
import json
import tempfile
import zipfile

from awards.enums import NomineeKind
from core import files
from core.models.document import DocumentState
from core.spreadsheets.listing import Column, Listing, write_xlsx

#: an archive's entries must bear a time; the first one they can, so that the same files are the same bytes
NO_TIME = (1980, 1, 1, 0, 0, 0)
#: bytes kept in memory before the archive goes to a temporary file
IN_MEMORY = 16 * 1024 * 1024
_KINDS = dict(NomineeKind.choices)

LIST = Listing(
    "danh-sach-de-nghi",
    "Danh sách đề nghị khen thưởng",
    (
        Column("STT", lambda row: row["number"], 6),
        Column("Đối tượng", lambda row: _KINDS[row["kind"]], 14),
        Column("Danh xưng", lambda row: row["title"], 10),
        Column("Tên tập thể, hộ gia đình; họ và tên cá nhân", lambda row: row["name"], 44),
        Column("Chức vụ, đơn vị công tác", lambda row: row["position"], 44),
        Column("Đơn vị", lambda row: row["unit"], 36),
        Column("Đơn vị đề nghị", lambda row: row["proposed_by"], 36),
        Column("Tóm tắt thành tích", lambda row: row["achievement"], 80),
    ),
)


def is_complete(shown: dict) -> bool:
    """Whether the package is rendered in both formats."""
    rows = (shown["document"], shown.get("word"))
    return all(row is not None and row.state == DocumentState.READY for row in rows)


def bundle(proposal, shown: dict):
    """The archive as an open file at its beginning; `shown` is the package (`core.printing.card`)."""
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the response closes it
    listed = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as entries:
        for name, content in _contents(proposal, shown):
            listed.append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
            entries.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED)
        manifest = {
            "reference": proposal.reference,
            "title": proposal.title,
            "number": proposal.number,
            "signed_on": proposal.signed_on.isoformat() if proposal.signed_on else None,
            "finalised_at": proposal.finalised_at.isoformat(),
            "names": len(proposal.snapshot),
            "list_sha256": proposal.sha256,
            "files": listed,
        }
        words = json.dumps(manifest, ensure_ascii=False, indent=2)
        entries.writestr(zipfile.ZipInfo("manifest.json", NO_TIME), words)
        sums = "".join(f"{row['sha256']}  {row['name']}\n" for row in listed)
        entries.writestr(zipfile.ZipInfo("SHA256SUMS", NO_TIME), sums)
    archive.seek(0)
    return archive


def _contents(proposal, shown):
    """Name and bytes of each file, one at a time. Names are ASCII: not every portal takes others."""
    base = f"To-trinh-{proposal.reference}"
    if shown["parts"]:
        for part in shown["parts"]:
            name = f"{base}-phu-luc-{part.part}.pdf" if part.part else f"{base}.pdf"
            yield name, files.read(part.file)
    else:
        yield f"{base}.pdf", files.read(shown["document"].file)
    yield f"{base}.docx", files.read(shown["word"].file)
    if proposal.signed_file:
        yield f"{base}-da-ky.pdf", files.read(proposal.signed_file)
    yield f"Danh-sach-{proposal.reference}.xlsx", list_xlsx(proposal.snapshot)


def list_xlsx(names: list[dict]) -> bytes:
    """The frozen list as a workbook, numbered within each kind as it is printed."""
    numbers: dict[str, int] = {}
    rows = []
    for name in names:
        numbers[name["kind"]] = numbers.get(name["kind"], 0) + 1
        rows.append(name | {"number": numbers[name["kind"]]})
    target = io.BytesIO()
    write_xlsx(target, LIST, LIST.values_of(rows))
    return target.getvalue()
