"""The five main journeys in the demo's world, as people go them: clicks, pages and seconds of each.

A click is a press of the pointer, a file or an entry that is chosen. Typing and logging in are not counted.
The same five are gone once more with the keyboard alone.
"""

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from registrations.enums import ObligationKind
from registrations.models import Obligation, Registration, Report
from reports.demo.accounts import PASSWORD
from tests.browser.by_keys import ByKeys
from tests.browser.conftest import NOW
from tests.browser.test_story import PAPER, act, act_sign, send
from tests.factories import PASSWORD as OF_FACTORIES
from tests.factories import MembershipFactory, UserFactory
from units.enums import Role

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

COUNT = """
addEventListener('pointerdown', (event) => event.isTrusted && counted(), true);
addEventListener('change', (event) => event.target.matches('select, input[type=file]') && counted(), true);
"""


@dataclass
class Walk:
    name: str
    clicks: int = 0
    pages: int = 0
    seconds: float = 0

    def __str__(self):
        return f"{self.name}: {self.clicks} clicks, {self.pages} pages, {self.seconds:.0f} s"


@pytest.fixture
def walked():
    """What was walked, told at the end."""
    walks = []
    yield walks
    print(*walks, sep="\n")


def count(walk, *people):
    """From now on these people's clicks and pages count for this walk."""
    for someone in people:
        someone.walk = walk
        if getattr(someone, "is_counted", False):
            continue
        someone.is_counted = True
        someone.context.expose_function("counted", lambda someone=someone: _click(someone))
        someone.context.add_init_script(COUNT)
        someone.page.on("domcontentloaded", lambda _, someone=someone: _turn(someone))
        someone.page.reload()
        walk.pages = 0


def _click(someone):
    someone.walk.clicks += 1


def _turn(someone):
    someone.walk.pages += 1


@contextmanager
def journey(walked, name, *people):
    walk = Walk(name)
    count(walk, *people)
    begun = time.monotonic()
    yield walk
    walk.seconds = time.monotonic() - begun
    walked.append(walk)


def a_unit_that_registered_last_year():
    """It owes the registration of this year and has not begun it."""
    begun = Registration.objects.filter(period__year=2027).values("unit")
    kept = Registration.objects.filter(period__year=2026, state="confirmed").values("unit")
    owed = Obligation.objects.filter(
        period__year=2027, kind=ObligationKind.REGISTRATION, met_at=None, is_waived=False
    )
    return owed.filter(unit__in=kept).exclude(unit__in=begun).select_related("unit").first().unit


@pytest.fixture(params=["pointer", "keyboard"])
def meet(request, person):
    """People who go by one of the two."""

    def meet(username, password):
        someone = person()
        if request.param == "keyboard":
            # A chooser of files comes up for who listens before the key is pressed.
            someone.page.on("filechooser", lambda chooser: None)
            someone.page = ByKeys(someone.page)
        return someone.log_in(username, password)

    return meet


def test_the_five_journeys(world, meet, walked):
    unit = a_unit_that_registered_last_year()
    MembershipFactory(unit=unit, role=Role.FILER, user=UserFactory(username="nguoi.lap"))
    registrar = meet("nguoi.lap", OF_FACTORIES)
    with journey(walked, "register, copied from last year", registrar) as walk:
        register(registrar.page)
    registration = Registration.objects.get(unit=unit, period__year=2027)
    assert (registration.state, walk.clicks <= 6) == ("filed", True), walk

    filer = meet("demo.so", PASSWORD)
    with journey(walked, "report the figures that were missing", filer) as walk:
        report(filer.page)
    assert Report.objects.get(unit__code="SYT", period__year=2026).state == "submitted"
    assert walk.clicks <= 6, walk

    filer.go("/ban-lam-viec/")
    with journey(walked, "submit a dossier that lacks two papers", filer) as walk:
        submit(filer.page)
    assert walk.clicks <= 12, walk

    reviewer = meet("demo.stttt", PASSWORD)
    with journey(walked, "appraise a dossier", reviewer) as walk:
        nominees = appraise(reviewer.page)
    assert walk.clicks <= 6 + 5 * nominees, walk

    judge, lead = (meet(name, PASSWORD) for name in ("demo.tdkt", "demo.tdkt.ld"))
    with journey(walked, "judge a proposal, approve, issue and publish", judge, lead) as walk:
        decide(judge, lead)
    assert walk.clicks <= 30, walk


def register(page):
    page.get_by_role("button", name=re.compile("Bắt đầu.*Đăng ký thi đua năm 2027")).click()
    page.get_by_role("button", name="Chép bản của đơn vị").click()
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(PAPER)
    page.get_by_role("button", name="Lưu và xem trước").click()
    send(page, page.get_by_role("button", name="Nộp đăng ký"))


def report(page):
    page.get_by_role("link", name=re.compile("Soạn tiếp.*Báo cáo năm 2026")).click()
    for box in page.locator("main form input[name$=numerator], main form input[name$=denominator]").all():
        if not box.input_value():
            box.fill("100")
    words = page.get_by_label("Kết quả nổi bật")
    words.fill(words.input_value() or "Toàn bộ hồ sơ công việc đã chuyển lên mạng.")
    page.get_by_role("button", name="Lưu và xem trước").click()
    send(page, page.get_by_role("button", name="Nộp báo cáo"))


def submit(page):
    page.get_by_role("link", name=re.compile("Soạn tiếp.*Hồ sơ khen thưởng")).click()
    for paper in ("Tờ trình đề nghị khen thưởng (đã ký)", "Biên bản họp xét khen thưởng"):
        page.get_by_label("Loại giấy tờ").select_option(label=paper)
        page.get_by_label("Tệp PDF").set_input_files(PAPER)
        send(page, page.get_by_role("button", name="Lưu", exact=True))
    page.get_by_role("link", name="Xem trước và nộp").first.click()
    send(page, page.get_by_role("button", name="Nộp hồ sơ"))
    page.wait_for_url("**/bien-nhan/1/")


def appraise(page) -> int:
    """One that may be somebody else is decided on his own page first; the last word leads to the list."""
    page.get_by_role("link", name=re.compile("Mở bàn thẩm định.*hồ sơ khen thưởng")).click()
    page.get_by_role("link", name="Thẩm định hồ sơ tiếp theo").click()
    page.get_by_role("link", name="Xem giấy tờ, kết luận từng đối tượng").click()
    judged = 0
    while "/xem/" in page.url:
        decide_matches(page)
        page.get_by_role("radio", name="Đề nghị khen thưởng", exact=True).check()
        send(page, page.get_by_role("button", name="Ghi, sang đối tượng kế tiếp"))
        judged += 1
    send(page, page.get_by_role("button", name="Hoàn thành thẩm định"))
    return judged


def decide_matches(page):
    """Who may be the same as another of whom a word is due: said to be somebody else."""
    while (open_matches := page.locator("#trung > div", has_text="Cần kết luận")).count():
        match = open_matches.first
        match.locator("summary").click()
        match.get_by_role("radio", name=re.compile("^Không trùng")).check()
        match.get_by_label("Lý do").fill("Hai người khác nhau: khác đơn vị công tác, khác thành tích.")
        send(page, match.get_by_role("button", name="Ghi kết luận"))


def decide(judge, lead):
    page = judge.page
    page.get_by_role("link", name=re.compile("Mở Tờ trình")).click()
    address = page.url
    page.get_by_role("link", name="Lọc và xét nhiều đối tượng").click()
    page.get_by_role("radio", name=re.compile("^(Đồng ý|Được duyệt|Duyệt)")).first.check()
    send(page, page.get_by_role("button", name=re.compile("^Ghi cho cả")))
    lead.page.get_by_role("link", name=re.compile("Mở Tờ trình")).click()
    assert lead.page.url == address
    act(lead.page, "Duyệt danh sách")
    page.goto("/ban-lam-viec/")
    page.get_by_role("link", name=re.compile("Lập dự thảo.*Lập Quyết định theo Tờ trình")).click()
    opened = page.locator("#lap-du-thao")
    opened.get_by_label("Trích yếu").fill("Tặng Bằng khen trong phong trào thi đua chuyển đổi số")
    send(page, opened.get_by_role("button", name="Lập dự thảo"))
    act(page, "Trình ký")
    act_sign(page, "Ghi nhận ban hành", number="99/QĐ-UBND", signer="Trần Văn Mẫu", day=NOW)
    lead.page.goto(page.url)
    act(lead.page, "Công bố")
