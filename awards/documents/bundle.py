"""The package of a proposal as one archive, fit for the online public service portal or the post: what was
rendered, the list, and the papers of the dossiers it draws from, reports of achievement first of all.

Every file in it is named with its SHA-256 in `manifest.json`, and in `SHA256SUMS` for `sha256sum -c`.
"""

import hashlib
import io
import json
import tempfile
import zipfile

from awards.documents.dossier import achievement_report
from awards.enums import DocumentKind, NomineeKind
from awards.models import Dossier, DossierDocument, Nominee
from core import clock, files
from core.documents import render_docx
from core.models.document import DocumentState
from core.spreadsheets.listing import Column, Listing, write_xlsx
from core.vietnamese import search_key

#: an archive's entries must bear a time; the first one they can, so that the same files are the same bytes
NO_TIME = (1980, 1, 1, 0, 0, 0)
#: bytes kept in memory before the archive goes to a temporary file
IN_MEMORY = 16 * 1024 * 1024
#: scans are packed already: little is won by trying harder
FAST = 1
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
    listed, withheld = [], []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as entries:
        for name, content in _contents(proposal, shown, withheld):
            listed.append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
            entries.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED, FAST)
        manifest = {
            "reference": proposal.reference,
            "title": proposal.title,
            "number": proposal.number,
            "signed_on": proposal.signed_on.isoformat() if proposal.signed_on else None,
            "finalised_at": proposal.finalised_at.isoformat(),
            "names": len(proposal.snapshot),
            "list_sha256": proposal.sha256,
            "files": listed,
            "withheld": withheld,
        }
        words = json.dumps(manifest, ensure_ascii=False, indent=2)
        entries.writestr(zipfile.ZipInfo("manifest.json", NO_TIME), words)
        sums = "".join(f"{row['sha256']}  {row['name']}\n" for row in listed)
        entries.writestr(zipfile.ZipInfo("SHA256SUMS", NO_TIME), sums)
    archive.seek(0)
    return archive


def _contents(proposal, shown, withheld):
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
    yield from _reports(proposal, withheld)
    yield from _papers_of_dossiers(proposal, withheld)


def _reports(proposal, withheld):
    """The papers of each name, under its number in the list; a report written in the portal as Word."""
    papers: dict[str, list[DossierDocument]] = {}
    listed = Nominee.objects.filter(uid__in=[row["uid"] for row in proposal.snapshot])
    own = DossierDocument.objects.filter(nominee__in=listed, is_removed=False)
    for paper in own.select_related("file", "nominee").order_by("pk"):
        papers.setdefault(str(paper.nominee.uid), []).append(paper)
    related = ("dossier__unit", "dossier__form", "dossier__campaign", "unit", "report")
    written = {
        str(nominee.uid): nominee for nominee in listed.filter(report__isnull=False).select_related(*related)
    }
    for row in _numbered(proposal.snapshot):
        base = f"Doi-tuong/{_ascii(_KINDS[row['kind']])}-{row['number']:04}-{_ascii(row['name'])}"
        kinds = {paper.kind for paper in papers.get(row["uid"], ())}
        nominee = written.get(row["uid"])
        if nominee and DocumentKind.ACHIEVEMENT_REPORT not in kinds:
            report = achievement_report(nominee, clock.local_date(nominee.dossier.submitted_at))
            yield f"{base}-bao-cao-viet-tren-cong.docx", render_docx(report)
        yield from _files(base, papers.get(row["uid"], ()), withheld, joint="-")


def _papers_of_dossiers(proposal, withheld):
    dossiers = Dossier.objects.filter(nominees__uid__in=[row["uid"] for row in proposal.snapshot])
    for dossier in dossiers.distinct().select_related("unit").order_by("reference"):
        papers = dossier.documents.filter(nominee__isnull=True, is_removed=False).select_related("file")
        base = f"Ho-so/{dossier.reference}-{_ascii(dossier.unit.name)}"
        yield from _files(base, papers, withheld, joint="/")


def _files(base, papers, withheld, *, joint):
    for number, paper in enumerate(papers, start=1):
        ending = files.EXTENSIONS[paper.file.content_type].lower()
        name = f"{base}{joint}{number:02}-{_ascii(paper.get_kind_display())}.{ending}"
        if why := files.why_withheld(paper.file):
            withheld.append({"name": name, "reason": why})
        else:
            yield name, files.read(paper.file)


def _ascii(words: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in search_key(words)).split())[
        :60
    ]


def _numbered(names: list[dict]) -> list[dict]:
    """The frozen list, numbered within each kind as it is printed."""
    numbers: dict[str, int] = {}
    rows = []
    for name in names:
        numbers[name["kind"]] = numbers.get(name["kind"], 0) + 1
        rows.append(name | {"number": numbers[name["kind"]]})
    return rows


def list_xlsx(names: list[dict]) -> bytes:
    """The frozen list as a workbook."""
    rows = _numbered(names)
    target = io.BytesIO()
    write_xlsx(target, LIST, LIST.values_of(rows))
    return target.getvalue()
