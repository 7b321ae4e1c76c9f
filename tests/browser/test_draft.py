"""The form of a registration in a real browser: nothing typed is lost, whatever befalls line or session."""

import re

import pytest
from django.contrib.sessions.models import Session

from core.models import VerificationCode
from registrations import workflow
from registrations.models import Registration
from tests.browser.conftest import open_period
from tests.browser.test_axe import AXE, OVERFLOW, UNFOLD, VIOLATIONS
from tests.factories import PASSWORD, UnitFactory, holder_of, member_of
from tests.factories_registrations import a_draft, a_filed_registration, fill
from tests.papers import pdf
from units.enums import Function

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def status(page):
    return page.locator("[data-draft-status]")


def saved(page):
    status(page).get_by_text(re.compile("^Đã lưu ")).wait_for()


def test_two_browsers_edit_one_draft_and_no_keystroke_is_lost(person, unit, an, draft):
    member_of(unit, username="mai", full_name="Lò Thị Mai")
    first, second = person().log_in("an", PASSWORD).page, person().log_in("mai", PASSWORD).page
    for page in (first, second):
        page.goto(draft.get_absolute_url() + "sua/")
    assert "Nguyễn Văn An cũng đang mở bản này." in second.locator("main").inner_text()

    first.get_by_label("Mục tiêu thi đua").fill("Từng chữ của anh An")
    first.get_by_label("Điện thoại").fill("0214 111 111")
    saved(first)
    second.get_by_label("Mục tiêu thi đua").fill("Từng chữ của chị Mai")
    second.get_by_role("group", name="Nhiệm vụ 1").get_by_label("Sản phẩm cụ thể").fill("Kho của chị Mai")
    second.get_by_role("button", name="Đối chiếu hai bản").click()

    second.get_by_role("heading", name="Có người vừa lưu bản khác").wait_for()
    told = second.locator("main").inner_text()
    for words in ("Từng chữ của anh An", "Từng chữ của chị Mai", "0214 111 111", "Kho của chị Mai"):
        assert words in told
    second.get_by_role("radio", name="Giữ bản đang lưu: Từng chữ của anh An").check()
    second.get_by_label("Mục tiêu thi đua").wait_for()
    second.get_by_role("button", name="Lưu nháp").click()
    second.wait_for_url("**/sua/")
    second.get_by_text("Đã lưu bản nháp.").wait_for()
    content = workflow.content_of(Registration.objects.get())
    assert (content["objectives"], content["contact"]["phone"]) == ("Từng chữ của anh An", "0214 111 111")
    assert content["tasks"][0]["product"] == "Kho của chị Mai"


def test_the_line_breaks_and_the_session_ends_and_the_words_are_still_there(person, an, draft):
    someone = person().log_in("an", PASSWORD)
    page = someone.page
    address = draft.get_absolute_url() + "sua/"
    page.goto(address)

    someone.context.set_offline(True)
    page.get_by_label("Mục tiêu thi đua").fill("Gõ khi mất mạng")
    status(page).get_by_text("Mất kết nối").wait_for()
    someone.context.set_offline(False)
    saved(page)
    assert Registration.objects.get().objectives == "Gõ khi mất mạng"

    Session.objects.all().delete()
    page.get_by_label("Mục tiêu thi đua").fill("Gõ khi phiên đã hết")
    page.get_by_role("button", name="Thêm nhiệm vụ").click()
    page.get_by_role("group", name="Nhiệm vụ 4").get_by_label("Tên nhiệm vụ").fill("Nhiệm vụ mới gõ")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.locator("input[name=login]").fill("an")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**{address}")
    page.get_by_role("button", name="Khôi phục").click()
    assert page.get_by_label("Mục tiêu thi đua").input_value() == "Gõ khi phiên đã hết"
    saved(page)
    registration = Registration.objects.get()
    assert registration.objectives == "Gõ khi phiên đã hết"
    assert [task.name for task in registration.tasks.all()] == ["Số hóa hồ sơ lưu trữ", "Nhiệm vụ mới gõ"]
    page.reload()
    assert page.get_by_role("button", name="Khôi phục").count() == 0


def test_the_keyboard_alone_files(person, an, unit, period):
    registration = a_draft(unit, an, period)
    page = person().log_in("an", PASSWORD).page
    # Someone listens before the key is pressed: else the browser may not know yet to tell of its dialog.
    page.on("filechooser", lambda chooser: None)
    page.goto(registration.get_absolute_url() + "sua/")

    def reach(locator):
        """Tab until the element has the focus, as a person without a mouse does."""
        for _ in range(150):
            if locator.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {locator}")

    def write(locator, text):
        reach(locator)
        page.keyboard.type(text)

    write(page.get_by_label("Người liên hệ"), "Trần Thị Bình")
    write(page.get_by_label("Mục tiêu thi đua"), "Mọi thủ tục trực tuyến")
    write(page.locator("input[name='target-COMM-1-level']"), "80 %")
    task = page.get_by_role("group", name="Nhiệm vụ 1")
    write(task.get_by_label("Tên nhiệm vụ"), "Số hóa")
    write(task.get_by_label("Sản phẩm cụ thể"), "Kho dữ liệu")
    upload = page.get_by_label("Kế hoạch đã ký (PDF)")
    reach(upload)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(PAPER)
    reach(page.get_by_role("button", name="Lưu và xem trước"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/nop/")
    reach(page.get_by_role("button", name="Nộp đăng ký"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bien-nhan/1/")
    registration.refresh_from_db()
    assert registration.state == "filed"


def test_without_script_it_is_written_and_filed(person, an, unit, period):
    page = person(java_script_enabled=False).log_in("an", PASSWORD).page
    page.goto("/dang-ky/")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.get_by_label("Người liên hệ").fill("Trần Thị Bình")
    page.get_by_label("Mục tiêu thi đua").fill("Mọi thủ tục trực tuyến")
    page.locator("input[name='target-COMM-1-level']").fill("80 %")
    page.get_by_role("group", name="Nhiệm vụ 1").get_by_label("Tên nhiệm vụ").fill("Bỏ đi")
    page.get_by_role("button", name="Thêm nhiệm vụ").click()
    assert page.get_by_role("group", name=re.compile("Nhiệm vụ")).count() == 6
    page.get_by_role("group", name="Nhiệm vụ 1").get_by_label("Bỏ nhiệm vụ này").check()
    last = page.get_by_role("group", name="Nhiệm vụ 6")
    last.get_by_label("Tên nhiệm vụ").fill("Số hóa")
    last.get_by_label("Sản phẩm cụ thể").fill("Kho dữ liệu")
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(PAPER)
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.get_by_role("button", name="Nộp đăng ký").click()
    page.wait_for_url("**/bien-nhan/1/")
    registration = Registration.objects.get()
    assert registration.state == "filed"
    assert [task.name for task in registration.tasks.all()] == ["Số hóa"]


def test_copied_from_last_year_it_is_filed_in_six_clicks(person, an, unit, period):
    a_filed_registration(unit, an, open_period(period.year - 1))
    page = person().log_in("an", PASSWORD).page
    clicks = 0

    def click(locator):
        nonlocal clicks
        clicks += 1
        locator.click()

    click(page.locator(".site-nav").get_by_role("link", name="Đăng ký").first)
    click(page.get_by_role("button", name="Bắt đầu soạn"))
    click(page.get_by_role("button", name="Chép bản của đơn vị"))
    page.get_by_text(re.compile(f"Đã chép từ năm {period.year - 1}")).wait_for()
    with page.expect_file_chooser() as chooser:
        click(page.get_by_label("Kế hoạch đã ký (PDF)"))
    chooser.value.set_files(PAPER)
    click(page.get_by_role("button", name="Lưu và xem trước"))
    click(page.get_by_role("button", name="Nộp đăng ký"))
    page.wait_for_url("**/bien-nhan/1/")
    assert clicks == 6
    assert Registration.objects.filter(period=period, state="filed").count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_its_life_bars_anyone_or_is_wider_than_the_screen(person, an, unit, period, width):
    clerk = holder_of(Function.STANDING_BODY, username="hoa")
    registration = a_filed_registration(unit, an, period)
    workflow.return_(registration, by=clerk, comment="Bổ sung sản phẩm.")
    fill(registration, an, objectives="Chữ mới")
    page_of = registration.get_absolute_url()
    other = UnitFactory(commune=True, name="Xã Bản Lầu")
    paper = workflow.enter_on_paper(period, other, by=clerk)
    own = ("", "sua/", "nop/", "lan-nop/1/", "bien-nhan/1/", "so-sanh/")
    wanted = {
        "an": [page_of + part for part in own],
        "hoa": ["/dang-ky/ban-giay/?q=ban", paper.get_absolute_url() + "sua/", paper.get_absolute_url()],
        "": ["/xac-minh/?ma=sai", VerificationCode.objects.get().get_absolute_url()],
    }
    found = []
    for who, pages in wanted.items():
        someone = person(width=width)
        if who:
            someone.log_in(who, PASSWORD)
        for address in pages:
            someone.go(address)
            someone.page.evaluate(UNFOLD)
            someone.page.evaluate(AXE)
            found += [(address, *violation) for violation in someone.page.evaluate(VIOLATIONS)]
            if someone.page.evaluate(OVERFLOW) > 0:
                found.append((address, "wider than the screen"))
    assert found == []


def test_the_conflict_page_bars_nobody(person, an, draft):
    someone = person(width=390).log_in("an", PASSWORD)
    someone.go(draft.get_absolute_url() + "sua/")
    fill(draft, an, objectives="Của người kia")
    someone.page.get_by_label("Mục tiêu thi đua").fill("Của tôi")
    someone.page.get_by_role("button", name="Đối chiếu hai bản").click()
    someone.page.get_by_role("heading", name="Có người vừa lưu bản khác").wait_for()
    someone.page.evaluate(AXE)
    assert someone.page.evaluate(VIOLATIONS) == []
    assert someone.page.evaluate(OVERFLOW) == 0
