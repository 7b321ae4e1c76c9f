"""What the portal states of the signatures on one uploaded file: a PDF signed with its own key.

Whoever holds the extract can check it elsewhere, without the portal. It is made after each reading
that found signatures, and served at the file's own address with `?xac-minh`.
"""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localtime

from core import clock, rendering
from core.documents import Document, Facts, Heading, Paragraph
from core.documents.measure import unprintable
from core.models import Document as Row
from core.models import File
from core.models.document import DocumentState
from core.models.signature import ReadingState
from core.signatures import portal_key
from core.templatetags.vn import gio_giay_ngay

KIND = "ket-qua-chu-ky-so"
TASK = "core.tasks.render_signature_extract"


def ask(file: File) -> None:
    """Have it made, unless the portal has no key of its own."""
    if portal_key.load() is not None:
        rendering.request(kind=KIND, title=f"Xác minh chữ ký số {file.uid}", obj=file, task=TASK)


def render_one(document_id: int) -> None:
    rendering.render(document_id, compose, seal=lambda pdf: portal_key.load().sign(pdf))


def compose(document) -> Document:
    file = File.objects.select_related("reading", "uploaded_by").get(uid=document.object_uid)
    reading, key = file.reading, portal_key.load()
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="CỔNG THI ĐUA CHUYỂN ĐỔI SỐ",
        place="Lào Cai",
        day=clock.local_date(reading.read_at),
        kind="KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ",
        abstract="Của một tệp đã tải lên cổng",
        body=(
            Facts(
                (
                    ("Tên tệp", _printable(file.name)),
                    ("Mã băm SHA-256", file.sha256),
                    ("Tải lên lúc", gio_giay_ngay(localtime(file.uploaded_at))),
                    ("Kiểm tra lúc", gio_giay_ngay(localtime(reading.read_at))),
                    ("Kết luận", f"{reading.label}: {reading.reason}."),
                )
            ),
            *_signatures(reading),
            Paragraph(
                "Kết quả này do cổng lập tự động, theo danh sách tin cậy và danh sách thu hồi mà cổng có vào "
                "lúc kiểm tra; cổng không hỏi nơi cấp chứng thư qua mạng. Đối chiếu mã băm để biết đúng tệp."
            ),
            Paragraph(
                "Cổng đã ký số lên văn bản này. Kiểm tra bằng phần mềm đọc PDF với chứng thư của cổng, "
                f"vân tay SHA-256 {key.fingerprint}"
            ),
        ),
    )


def _signatures(reading):
    for number, signer in enumerate(reading.signers, start=1):
        at = gio_giay_ngay(localtime(signer["signed_at"])) if signer["signed_at"] else "không ghi"
        clock_of = "dấu thời gian" if signer["is_stamped"] else "máy của người ký"
        yield Heading(f"Chữ ký số {number}")
        yield Facts(
            (
                ("Người ký", _printable(signer["name"]) or "không ghi"),
                ("Cơ quan, tổ chức", _printable(signer["organisation"]) or "không ghi"),
                ("Nơi cấp chứng thư số", _printable(signer["authority"]) or "không ghi"),
                ("Thời điểm ký", f"{at} (theo {clock_of})"),
                ("Bao trùm", "toàn bộ tệp" if signer["covers_whole"] else "một phiên bản trước của tệp"),
                ("Kết luận", f"{signer['label']}: {signer['reason']}."),
            )
        )


def _printable(text: str) -> str:
    """Names are others' words: a letter that our font lacks must not keep the extract from being made."""
    return text.translate({ord(letter): "?" for letter in unprintable(text)})


def of(file: File) -> Row | None:
    """The extract of the last reading, made or being made."""
    made = rendering.latest(file, KIND)
    return made if made and made.requested_at >= file.reading.read_at else None


def make_again(file: File) -> None:
    """For the one who waits: render once more what failed, or what was never asked for."""
    made = of(file)
    if made is None:
        ask(file)
    else:
        rendering.retry(made)


def answer(request, file: File):
    """The extract, or a page that says how far it is."""
    from core import files

    reading = file.signature_reading
    if reading is None or reading.state != ReadingState.READ or not reading.is_signed:
        raise Http404
    made = of(file)
    if made and made.state == DocumentState.READY:
        return files.send(request, made.file)
    return render(request, "core/extract.html", {"file": file, "document": made})
