"""Files on their way: judged before they go, how far they are, nothing lost when they do not arrive."""

import pytest
from django.urls import reverse

from registrations.models import Registration
from tests.browser.test_draft import saved
from tests.factories import PASSWORD
from tests.papers import pdf

pytestmark = pytest.mark.django_db(transaction=True)

HEAVY = 3 * 1024 * 1024
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_200_000}
#: tells every percentage with its words, as it is shown
TELL = """() => new MutationObserver(() => {
    const bar = document.querySelector(".sending progress");
    if (bar) told(bar.value, document.querySelector(".sending p").textContent);
}).observe(document.body, {subtree: true, childList: true, attributes: true})"""


def a_paper(name, size=0):
    body = pdf()
    return {
        "name": name,
        "mimeType": "application/pdf",
        "buffer": body[:-6] + b"%" + b"a" * max(0, size - len(body)) + b"\n" + body[-6:] if size else body,
    }


@pytest.fixture
def form(person, an, draft):
    someone = person().log_in("an", PASSWORD)
    someone.go(reverse("registrations:edit", args=[draft.uid]))
    return someone


def test_size_and_kind_are_told_before_anything_is_sent(form):
    page, posts = form.page, []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    box = page.get_by_label("Kế hoạch đã ký (PDF)")
    words = page.locator(".file-drop").filter(has=box)

    box.set_input_files({"name": "thu.pdf", "mimeType": "application/pdf", "buffer": b"PK\x03\x04 no paper"})
    words.get_by_text("Tệp “thu.pdf” không phải là tệp PDF.").wait_for()
    page.get_by_role("button", name="Lưu và xem trước").click()
    box.set_input_files({"name": "rong.pdf", "mimeType": "application/pdf", "buffer": b""})
    words.get_by_text("Tệp “rong.pdf” rỗng.").wait_for()
    box.evaluate("box => { box.dataset.most = 1048576 }")
    box.set_input_files(a_paper("nang.pdf", HEAVY))
    words.get_by_text("Tệp “nang.pdf” nặng 3,0 MB, quá 1 MB.").wait_for()
    page.get_by_role("button", name="Lưu và xem trước").click()
    # The draft is saved by itself, its words alone.
    assert [url for url in posts if not url.endswith("/luu/")] == []

    box.set_input_files(a_paper("ke-hoach.pdf"))
    words.locator(".file-drop-fault").wait_for(state="detached")
    assert words.inner_text().startswith("ke-hoach.pdf")
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.wait_for_url("**/nop/")
    assert [url for url in posts if not url.endswith("/luu/")] == [page.url.replace("/nop/", "/sua/")]


def test_it_says_how_far_it_is_and_comes_to_the_next_page_with_its_message(form):
    page = form.page
    page.get_by_label("Mục tiêu thi đua").fill("Chữ gõ cùng tệp")
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(a_paper("ban-quet.pdf", HEAVY))
    form.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    told = []
    page.expose_function("told", lambda percent, words: told.append((percent, words)))
    page.evaluate(TELL)
    page.get_by_role("button", name="Lưu nháp").click()
    page.locator(".sending").get_by_text("của 3,0 MB. Xin chờ").first.wait_for()
    assert page.get_by_role("progressbar", name="Phần đã gửi").is_visible()
    page.get_by_text("Đã lưu bản nháp.").wait_for()
    under_way = [(percent, words) for percent, words in told if percent < 100]
    assert len({percent for percent, _ in under_way}) > 5
    assert {words for percent, words in under_way} == {
        f"Đã gửi {percent} % của 3,0 MB. Xin chờ, đừng đóng trang này." for percent, _ in under_way
    }
    assert page.get_by_label("Mục tiêu thi đua").input_value() == "Chữ gõ cùng tệp"
    assert page.get_by_role("link", name="ban-quet.pdf").count() == 1
    assert Registration.objects.get().objectives == "Chữ gõ cùng tệp"


def test_a_broken_line_loses_nothing_and_is_tried_again_once_it_is_back(form):
    page, keys = form.page, []
    page.on("request", lambda request: keys.append(request.headers.get("x-upload")))
    box = page.get_by_label("Kế hoạch đã ký (PDF)")
    box.set_input_files(a_paper("ke-hoach.pdf", HEAVY))
    page.get_by_label("Mục tiêu thi đua").fill("Không được mất")
    saved(page)
    form.context.set_offline(True)
    page.get_by_role("button", name="Lưu và xem trước").click()
    alert = page.locator(".sending [role=alert]")
    alert.get_by_text("Mất kết nối khi đang gửi tệp.").wait_for()
    assert page.locator(".sending").get_by_role("button", name="Gửi lại").is_enabled()
    assert (page.get_by_label("Mục tiêu thi đua").input_value(), box.evaluate("box => box.files.length")) == (
        "Không được mất",
        1,
    )
    assert page.url.endswith("/sua/")

    form.context.set_offline(False)
    page.wait_for_url("**/nop/")
    assert Registration.objects.get().objectives == "Không được mất"
    sent = [key for key in keys if key]
    assert (len(sent), len(set(sent))) == (2, 1)


def test_a_form_changed_while_the_line_is_broken_is_sent_by_its_person(form):
    page = form.page
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(a_paper("ke-hoach.pdf"))
    page.route("**/sua/", lambda route: route.abort("connectionreset"))
    page.get_by_role("button", name="Lưu và xem trước").click()
    again = page.locator(".sending").get_by_role("button", name="Gửi lại")
    again.wait_for()
    page.get_by_label("Mục tiêu thi đua").fill("Sửa thêm")
    saved(page)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("Bạn đã sửa thêm từ khi mất kết nối").wait_for()
    page.unroute("**/sua/")
    again.click()
    page.wait_for_url("**/nop/")
    assert Registration.objects.get().objectives == "Sửa thêm"


def test_it_can_be_stopped(form):
    page = form.page
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(a_paper("ke-hoach.pdf", HEAVY))
    form.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.get_by_role("button", name="Dừng gửi").click()
    page.get_by_text("Đã dừng gửi.").wait_for()
    assert page.get_by_role("button", name="Lưu và xem trước").is_enabled()


def test_a_form_the_portal_refuses_comes_back_with_its_words(form):
    page = form.page
    page.get_by_label("Mục tiêu thi đua").fill("Vẫn còn đây")
    broken = {"name": "hong.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 and nothing more"}
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(broken)
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.get_by_text("Tệp “hong.pdf” bị hỏng").first.wait_for()
    assert page.get_by_label("Mục tiêu thi đua").input_value() == "Vẫn còn đây"

    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(a_paper("ke-hoach.pdf"))
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.wait_for_url("**/nop/")
    assert Registration.objects.get().objectives == "Vẫn còn đây"
