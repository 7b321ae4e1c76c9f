"""Papers marked secret and papers that can act are stopped before storage; a mention only asks."""

import io
import unicodedata
import zipfile

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from weasyprint import HTML

from core import files
from core.files import DOCX, PDF, XLSX, FileRefused
from core.models import File
from tests import papers
from tests.factories import UserFactory

ANY = (PDF, DOCX, XLSX)
SECRET = (
    "Tệp “{name}” mang dấu độ mật “{mark}” nên không được đưa lên cổng; tệp chưa được lưu. Tài liệu bí mật "
    "nhà nước chỉ gửi theo đường văn bản mật. Nếu tài liệu này không mật, hãy bỏ dấu ở đầu trang rồi tải "
    "lại; nếu mật, hãy báo người phụ trách bảo vệ bí mật nhà nước của đơn vị."
)


def page(body, *, title="") -> bytes:
    return HTML(string=f"<title>{title}</title><body style='font-family: Tinos, serif'>{body}").write_pdf()


def word(*paragraphs, header="", subject="") -> bytes:
    document = docx.Document()
    document.core_properties.subject = subject
    document.sections[0].header.paragraphs[0].text = header
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def refused(name, content) -> str:
    with pytest.raises(FileRefused) as caught:
        files.check(SimpleUploadedFile(name, content), accept=ANY)
    return str(caught.value)


STAMPED = {
    "alone": ("<p>UBND TỈNH</p><p>Số: 12/BC-UBND</p><p>MẬT</p><p>Nội dung</p>", "MẬT"),
    "framed": ("<p>Số: 12</p><p style='border: 1px solid; width: 6em'>TỐI MẬT</p>", "TỐI MẬT"),
    "letter-spaced": ("<p style='letter-spacing: 8px'>TUYỆT MẬT</p><p>Nội dung</p>", "TUYỆT MẬT"),
    "blanks between letters": ("<p>M Ậ T</p><p>Nội dung</p>", "MẬT"),
    "decomposed": (f"<p>{unicodedata.normalize('NFD', 'TỐI MẬT')}</p><p>Nội dung</p>", "TỐI MẬT"),
    "beside the place and date": (
        "<table style='width: 100%'><tr><td>MẬT<td>Lào Cai, ngày 02 tháng 01 năm 2026</table>",
        "MẬT",
    ),
    "in brackets": ("<p>[ MẬT ]</p><p>Nội dung</p>", "MẬT"),
}


@pytest.mark.parametrize("how", STAMPED)
def test_a_mark_at_the_head_of_the_first_page_stops_a_pdf(how):
    body, mark = STAMPED[how]
    assert refused("bc.pdf", page(body)) == SECRET.format(name="bc.pdf", mark=mark)


@pytest.mark.parametrize("title", ["TỐI MẬT", "Báo cáo; Tối mật", "Độ mật: tối mật"])
def test_a_mark_in_the_metadata_stops_a_pdf(title):
    assert refused("bc.pdf", page("<p>Nội dung</p>", title=title)) == SECRET.format(
        name="bc.pdf", mark="TỐI MẬT"
    )


def stamped_with_a_reader() -> bytes:
    """The mark is an annotation, as PDF readers put stamps on: drawn over the page, not written in it."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        with pikepdf.open(io.BytesIO(page("<p>MẬT</p>"))) as stamp:
            drawn = document.copy_foreign(stamp.pages[0].as_form_xobject())
        drawn.BBox = pikepdf.Array([0, 0, 595, 842])
        document.pages[0].Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Stamp,
                        Rect=pikepdf.Array([0, 0, 595, 842]),
                        AP=pikepdf.Dictionary(N=drawn),
                        F=4,
                    )
                )
            ]
        )
        document.save(changed)
    return changed.getvalue()


def test_a_mark_put_on_with_a_pdf_reader_stops_a_pdf():
    assert refused("bc.pdf", stamped_with_a_reader()) == SECRET.format(name="bc.pdf", mark="MẬT")


def test_a_mark_in_the_xmp_metadata_alone_stops_a_pdf():
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:subject"] = {"Báo cáo", "Tối mật"}
        document.save(changed)
    assert refused("bc.pdf", changed.getvalue()) == SECRET.format(name="bc.pdf", mark="TỐI MẬT")


@pytest.mark.parametrize(
    "content",
    [
        word("UBND TỈNH", "MẬT", "Nội dung"),
        word("Nội dung", header="MẬT"),
        word("Nội dung", subject="Mật"),
    ],
    ids=["paragraph", "header", "subject"],
)
def test_a_mark_stops_a_word_document(content):
    assert refused("bc.docx", content) == SECRET.format(name="bc.docx", mark="MẬT")


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Kế hoạch BẢO MẬT hệ thống thông tin", ""),
        ("MẬT ĐỘ dân số của xã, MẬT KHẨU dài", ""),
        ("Bí mật kinh doanh, thư mật", ""),
        ("Số VĂN BẢN MẬT không tính vào mẫu số", "văn bản mật"),
        ("trừ văn bản tối mật theo quy định", "tối mật"),
        ("Bảo vệ bí mật nhà nước", "bí mật nhà nước"),
    ],
)
def test_words_about_secrecy_pass_and_at_most_ask(db, text, mention):
    for name, content in (("a.pdf", page(f"<p>{text}</p>")), ("a.docx", word(text))):
        upload = SimpleUploadedFile(name, content)
        file = files.store(upload, by=UserFactory(), accept=ANY)
        assert (file.mention, file.asks_about_secrecy) == (mention, bool(mention))


def test_a_word_at_the_foot_of_the_page_is_no_mark():
    upload = SimpleUploadedFile("a.pdf", page("<div style='height: 680px'>Bảng</div><p>MẬT</p>"))
    assert files.check(upload) == PDF


def changed(change) -> bytes:
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        options = change(document) or {}
        document.save(content, **options)
    return content.getvalue()


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def hidden_script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))
    document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])
    return {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


def launch(document):
    document.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    )


def attach(document):
    document.attachments["thu.txt"] = pikepdf.AttachedFileSpec(document, b"xin chao", filename="thu.txt")


def encrypt(document):
    return {"encryption": pikepdf.Encryption(owner="chu", user="nguoi-dung")}


def encrypt_for_printing_only(document):
    return {"encryption": pikepdf.Encryption(owner="chu", user="")}


ACTS = "có mã lệnh tự chạy bên trong. Hãy in ra PDF (Print to PDF) rồi tải lại bản in."
LOCKED = "đang đặt mật khẩu hoặc mã hóa nên không thể thẩm định và lưu trữ. Hãy bỏ mật khẩu rồi tải lại."
CARRIES = "có tệp khác đính bên trong. Hãy tách riêng từng tệp rồi tải từng tệp lên."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (script, ACTS),
        (hidden_script, ACTS),
        (launch, ACTS),
        (attach, CARRIES),
        (encrypt, LOCKED),
        (encrypt_for_printing_only, LOCKED),
    ],
)
def test_a_pdf_that_can_act_or_cannot_be_read_is_refused(change, words):
    assert refused("a.pdf", changed(change)) == f"Tệp “a.pdf” {words}"


def zipped(parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


PLAIN = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<x/>", "word/document.xml": "<x/>"}
TOO_MUCH = (
    "quá phức tạp, không đọc được trong thời gian cho phép. Hãy in ra PDF (Print to PDF) rồi tải lại bản in."
)
CUSTOM = "<Properties><property name='Do mat'><lpwstr>Mật</lpwstr></property></Properties>"
MACROS = "có macro. Hãy lưu lại ở dạng không có macro (.docx, .xlsx) hoặc xuất ra PDF rồi tải lại."


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({**PLAIN, "word/vbaProject.bin": b"x"}, MACROS),
        (
            {**PLAIN, "[Content_Types].xml": "<x>application/vnd.ms-word.document.macroEnabled.main+xml</x>"},
            MACROS,
        ),
        ({**PLAIN, "word/embeddings/oleObject1.bin": b"MZ"}, CARRIES),
        ({**PLAIN, "word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, TOO_MUCH),
        (
            {**PLAIN, "word/document.xml": "<x>"},
            "bị hỏng hoặc tải lên chưa hết. Hãy mở thử trên máy, lưu lại rồi tải lại.",
        ),
    ],
    ids=["macro", "macro by type", "object within", "entities", "torn"],
)
def test_an_office_document_that_can_act_or_burst_is_refused(parts, words):
    assert refused("a.docx", zipped(parts)) == f"Tệp “a.docx” {words}"


def test_an_office_document_with_a_password_is_refused_in_words():
    locked = files.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refused("a.docx", locked) == f"Tệp “a.docx” {LOCKED}"


def test_a_mark_among_an_office_documents_own_properties_stops_it():
    content = zipped({**PLAIN, "docProps/custom.xml": CUSTOM})
    assert refused("a.docx", content) == SECRET.format(name="a.docx", mark="MẬT")


def test_what_is_stopped_leaves_nothing_behind(db):
    with pytest.raises(FileRefused):
        files.store(SimpleUploadedFile("bc.pdf", page("<p>MẬT</p>")), by=UserFactory())
    assert File.objects.count() == 0
