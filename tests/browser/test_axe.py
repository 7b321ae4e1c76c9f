"""Every page of the demo's story, as each role meets it: no violation that axe knows, nothing wider than the
screen, in light and dark, on a desk and on a phone. `make prove` runs it; `test_bars_nobody.py`, of every
`make test`, looks at the main pages alone."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from awards.models import (
    Award,
    CertificateLayout,
    Consultation,
    Decision,
    Dossier,
    Exemplar,
    FundYear,
    Hold,
    Posting,
    Proposal,
    RecordedDecision,
)
from core.models import OutboxMail, VerificationCode
from criteria.models import CriteriaSet
from registrations.models import Launch, PilotList, Registration, Report, Visit
from reports.demo.accounts import PASSWORD
from units.models import User

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).parent / "axe.min.js").read_text()
VISITOR = ""
DESK, PHONE = 1280, 390

# What lies folded is on the page too. The header's menus cover the page and are opened apart, on a phone.
UNFOLD = "document.querySelectorAll('main details').forEach(fold => { fold.open = true })"
OPEN_MENUS = (
    "document.querySelectorAll('header details, .site-nav details').forEach(menu => { menu.open = true })"
)
NOWHERE = "/khong-co-trang-nay/"
HOMES = ("/", "/ban-lam-viec/")
VIOLATIONS = """async () => (await axe.run({resultTypes: ['violations']})).violations
    .flatMap(found => found.nodes.map(node => [found.id, node.target.flat().join(' ')]))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fail_to_log_in(page):
    page.get_by_label("Tài khoản").fill("demo.so")
    page.locator("input[name=password]").fill("sai mật khẩu")
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.locator("main [role=alert]").wait_for()


def check_figures(*figures, answer):
    def check(page):
        boxes = page.locator("main form[method=post] input[inputmode=numeric]")
        for box, figure in enumerate(figures):
            boxes.nth(box).fill(figure)
        page.get_by_role("button", name="Kiểm tra").click()
        page.locator(f"main [role={answer}]").wait_for()

    return check


def start_report(page):
    page.get_by_role("button", name=re.compile("^Bắt đầu báo cáo")).last.click()
    page.wait_for_url("**/sua/")


def save_filter(page):
    page.locator("main summary", has_text="Lưu bộ lọc này").click()
    page.get_by_label("Tên bộ lọc").fill("Chờ thẩm định")
    page.get_by_role("button", name="Lưu bộ lọc", exact=True).click()
    page.get_by_text(re.compile("Đã lưu bộ lọc|Bạn đã có bộ lọc")).first.wait_for()


def start_proposal(page):
    page.locator("main summary", has_text="Lập Tờ trình").click()
    page.get_by_label("Tên Tờ trình").fill("Đề nghị tặng Bằng khen đợt 3")
    page.locator("details[open] form button").last.click()
    page.wait_for_url("**/chon/")


def preview_report(page):
    start_report(page)
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.wait_for_url("**/nop/")


def filer_pages():
    """Of demo.so, in the order of the year."""
    health = User.objects.get(username="demo.so").memberships.first().unit
    registration, filed = (health.registrations.get(period__year=year) for year in (2027, 2025))
    dossier, appraised = (Dossier.objects.get(unit=health, state=state) for state in ("draft", "appraised"))
    return [
        "/ban-lam-viec/",
        "/dang-ky/",
        registration.get_absolute_url(),
        reverse("registrations:edit", args=[registration.uid]),
        reverse("registrations:file", args=[registration.uid]),
        filed.get_absolute_url(),
        reverse("registrations:receipt", args=[filed.uid, 1]),
        reverse("registrations:version", args=[filed.uid, 1]),
        reverse("registrations:compare", args=[filed.uid]),
        "/bao-cao/",
        health.reports.get(period__year=2025).get_absolute_url(),
        reverse("registrations:years", args=[health.uid]),
        "/ho-so/",
        dossier.get_absolute_url(),
        reverse("awards:edit", args=[dossier.uid]),
        reverse("awards:change_nominee", args=[dossier.uid, dossier.nominees.get().uid]),
        reverse("awards:write_report", args=[dossier.uid, dossier.nominees.get().uid]),
        reverse("awards:import_nominees", args=[dossier.uid]),
        "/giay-khen/",
        RecordedDecision.objects.get(unit=health).get_absolute_url(),
        reverse("awards:submit", args=[dossier.uid]),
        appraised.get_absolute_url(),
        reverse("awards:receipt", args=[appraised.uid, 1]),
        "/tai-khoan/doi-mat-khau/",
    ]


def story():
    """The pages of each person, an address or an address and what is done there first."""
    decision = Decision.objects.get()
    waiting, approved = (Proposal.objects.get(state=state) for state in ("forwarded", "approved"))
    posted = Posting.objects.get()
    returned = Registration.objects.get(period__year=2027, state="returned")
    to_confirm = Registration.objects.filter(period__year=2027, state="filed").first()
    to_verify = Report.objects.filter(state="submitted").first()
    to_appraise = Dossier.objects.filter(state="submitted").first()
    judged = to_appraise.nominees.filter(kind="individual").first()
    held = Hold.objects.get().nominee
    inspected = Visit.objects.get(unit__code="086", inspection__state="under_way")
    untold = inspected.inspection.visits.get(state="planned")
    revoked, corrected, asked = (
        Award.objects.get(state=state) for state in ("returned", "corrected", "revocation_proposed")
    )
    told = Exemplar.objects.filter(state="published").first()
    off_number = PilotList.objects.get(unit__code="086", period__year=2026)
    return {
        VISITOR: [
            "/",
            "/ket-qua/",
            "/ket-qua/?q=khong+co+ai",
            "/ket-qua/?hien=the",
            "/gioi-thieu/",
            "/tien-do/",
            "/tien-do/?nam=2025",
            "/du-lieu-mo/",
            "/api/docs/",
            reverse("reports:result", args=[Award.objects.first().reference]),
            "/quyet-dinh/",
            reverse("reports:decision", args=[decision.uid]),
            "/lay-y-kien/",
            posted.get_absolute_url(),
            reverse("reports:result", args=[revoked.reference]),
            "/dien-hinh/",
            reverse("reports:exemplar", args=[told.uid]),
            "/tieu-chi/",
            ("/tu-kiem-tra/?tier=commune", check_figures("90", "20", answer="alert")),
            ("/tu-kiem-tra/?tier=provincial", check_figures("95", "100", "90", "100", answer="status")),
            "/xac-minh/",
            "/tro-giup/",
            "/tro-giup/nguoi-lap-ho-so/",
            "/tro-giup/tu-ngu/",
            "/tro-giup/lien-he/",
            VerificationCode.objects.first().get_absolute_url(),
            ("/tai-khoan/dang-nhap/", fail_to_log_in),
            NOWHERE,
        ],
        "demo.so": filer_pages(),
        "demo.xa": ["/ban-lam-viec/", returned.get_absolute_url()],
        "demo.dn": ["/ban-lam-viec/", ("/bao-cao/", start_report)],
        "demo.huyen": ["/ban-lam-viec/", ("/bao-cao/", preview_report), inspected.get_absolute_url()],
        "demo.stttt": [
            "/ban-lam-viec/",
            "/theo-doi/",
            "/bang-theo-doi/thuong-truc/",
            "/bao-cao-tong-hop/?year=2025",
            reverse("press:paper", args=["don-vi-cham", to_verify.period.uid]),
            "/tep-toi-da-xuat/",
            "/phong-trao/phat-dong/",
            Launch.objects.first().get_absolute_url(),
            "/phong-trao/chi-dao-diem/",
            off_number.get_absolute_url(),
            "/phong-trao/kiem-tra/",
            inspected.inspection.get_absolute_url(),
            untold.get_absolute_url(),
            reverse("registrations:add_finding", args=[untold.inspection.uid, untold.uid]),
            "/dang-ky/",
            to_confirm.get_absolute_url(),
            "/dang-ky/ban-giay/?q=ban",
            Registration.objects.on_paper().get().get_absolute_url(),
            "/bao-cao/",
            to_verify.get_absolute_url(),
            "/ho-so/",
            ("/ho-so/?state=submitted&cot=so&cot=trang-thai", save_filter),
            ("/ho-so/?year=2026", save_filter),  # the name is taken
            to_appraise.get_absolute_url(),
            reverse("awards:nominee", args=[held.dossier.uid, held.uid]),
            "/ho-so/ban-giay/?q=ban",
            "/tham-dinh-ho-so/",
            reverse("awards:appraise_nominees", args=[to_appraise.uid]),
            Consultation.objects.get(state="sent").get_absolute_url(),
            reverse("awards:judge_criterion", args=[to_appraise.uid, judged.uid]),
            reverse("registrations:verify_desk", args=[to_verify.uid]),
            reverse("awards:nominee", args=[to_appraise.uid, judged.uid]),
            "/cau-hoi/",
            reverse("registrations:what_if", args=[CriteriaSet.objects.get(state="draft").uid]),
            "/diem/2025/provincial/",
            "/diem/2025/provincial/cong-bang/",
            "/to-trinh/",
            approved.get_absolute_url(),
            posted.proposal.get_absolute_url(),
            reverse("awards:comments", args=[posted.proposal.uid]),
            ("/to-trinh/", start_proposal),
            "/dien-hinh-tien-tien/",
            reverse("awards:edit_exemplar", args=[Exemplar.objects.get(state="draft").uid]),
            told.get_absolute_url(),
            "/thu/",
            reverse("reports:mail", args=[OutboxMail.objects.first().uid]),
        ],
        "demo.stttt.ld": [
            "/ban-lam-viec/",
            "/cong-bo-tien-do/",
            "/ma-truy-cap/",
            "/tham-dinh-ho-so/",
            "/dot-nhan-ho-so/",
        ],
        "demo.tdkt": [
            "/ban-lam-viec/",
            "/to-trinh/",
            waiting.get_absolute_url(),
            "/quyet-dinh-khen-thuong/",
            decision.get_absolute_url(),
            "/ban-xet-duyet/",
            reverse("awards:judging", args=[waiting.uid]),
            "/khen-thuong/",
            corrected.get_absolute_url(),
            asked.get_absolute_url(),
            "/so-bang-khen/",
            CertificateLayout.objects.first().get_absolute_url(),
            "/quy/",
            FundYear.objects.get().get_absolute_url(),
        ],
        "demo.tdkt.ld": ["/ban-lam-viec/", waiting.get_absolute_url(), "/bang-theo-doi/thi-dua-khen-thuong/"],
        "demo.ubnd.ld": [
            "/bang-theo-doi/lanh-dao/",
            "/bang-theo-doi/ho-so/?state=submitted",
            "/bang-theo-doi/tieu-chi/?year=2025",
        ],
        "demo.admin": ["/ban-lam-viec/"],
    }


def visits(person, width=DESK, scheme="light"):
    """Every page of the story, open in its person's browser, with a word for it."""
    for username, pages in story().items():
        someone = person(width=width, color_scheme=scheme)
        if username != VISITOR:
            someone.log_in(username, PASSWORD)
        for address in pages:
            address, act = (address, None) if isinstance(address, str) else address
            resize(someone.page, width)
            assert someone.go(address).status == (404 if address == NOWHERE else 200)
            if act:
                act(someone.page)
            someone.page.evaluate(UNFOLD)
            yield someone.page, f"{username or 'visitor'} {someone.page.url.removeprefix(someone.base)}"
        someone.context.close()


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 900})


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(VIOLATIONS)


@pytest.mark.prove
def test_no_page_of_the_story_bars_anyone(world, person):
    found = []
    for page, name in visits(person):
        found += [(name, *violation) for violation in violations(page)]
        for width in (DESK, PHONE):
            resize(page, width)
            found += [(name, "overflow", width)] if page.evaluate(OVERFLOW) else []
        if name.split()[-1] in HOMES:
            page.evaluate(OPEN_MENUS)
            found += [(name, "menus", *violation) for violation in violations(page)]

    assert found == []


@pytest.mark.prove
@pytest.mark.parametrize(("width", "scheme"), [(DESK, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_nor_in_the_dark_nor_on_a_phone(world, person, width, scheme):
    found = []
    for page, name in visits(person, width, scheme):
        found += [(name, *violation) for violation in violations(page)]

    assert found == []
