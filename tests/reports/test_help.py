"""Manuals, links to their chapters, words of the law, the guide of the first visit, questions."""

import re
import uuid

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from core.models import Event, OutboxMail
from reports.help.manuals import FOLDER, MANUALS, manual
from reports.help.places import CHAPTERS
from reports.help.terms import terms
from reports.models import Enquiry
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.test_consistency import _addresses
from units.enums import Function, Role

pytestmark = pytest.mark.django_db

APPROVER = "co-quan-thi-dua-khen-thuong/"
#: what is no page of work: files of machines, health, the help itself
NO_CHAPTER = (
    "/tro-giup/",
    "/song/",
    "/tep/",
    "/van-ban/",
    "/cau-hoi/",
    "/sitemap",
    "/robots",
    "/niem-phong/",
)
NO_CHAPTER += ("/nhat-ky-xuat/", "/du-lieu-excel/", "/_gallery/", "/don-vi-lam-viec/", "/ho-tro/")


def enter(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("slug", MANUALS)
def test_a_manual_has_its_chapters_and_every_picture_it_shows(slug):
    page = Client().get(f"/tro-giup/{slug}/").content.decode()
    codes = [chapter.code for chapter in manual(slug).chapters]

    assert len(set(codes)) == len(codes) > 3
    assert re.findall(r'<h2 id="([\w-]+)">', page) == codes
    pictures = re.findall(r"!\[(.*?)\]\(hinh/(.*?)\)", (FOLDER / f"{slug}.md").read_text())
    assert len(pictures) > 0
    assert all(words for words, _ in pictures)
    assert page.count('class="manual-picture"') == len(pictures)
    assert "{#" not in page


def test_pictures_that_no_manual_shows_are_not_kept():
    shown = set(re.findall(r"\(hinh/(.*?)\)", "".join(path.read_text() for path in FOLDER.glob("*.md"))))
    assert {path.name for path in (FOLDER / "hinh").iterdir()} == shown


def test_a_manual_that_is_not_there_is_not_found():
    assert Client().get("/tro-giup/khong-co/").status_code == 404


def test_every_place_of_the_portal_has_a_chapter():
    starts = {f"/{address.split('/')[1]}/" for address in _addresses() if not address.startswith(NO_CHAPTER)}
    assert {start for start in starts if start not in CHAPTERS and start != "//"} == set()
    assert {code for code in CHAPTERS.values() if not any(manual(m).has(code) for m in MANUALS)} == set()


@pytest.mark.parametrize(
    ("who", "address", "chapter"),
    [
        (None, "/ket-qua/", "nguoi-dan/#ket-qua"),
        (lambda: member_of(UnitFactory()), "/dang-ky/", "nguoi-lap-ho-so/#dang-ky"),
        (lambda: member_of(UnitFactory()), "/ho-so/", "nguoi-lap-ho-so/#ho-so"),
        (lambda: member_of(UnitFactory(), Role.HEAD), "/ban-lam-viec/", "thu-truong/#bat-dau"),
        (lambda: holder_of(Function.STANDING_BODY), "/tham-dinh/", "co-quan-thuong-truc/#bao-cao"),
        (
            lambda: holder_of(Function.COMMENDATION_BODY),
            "/ban-xet-duyet/",
            "co-quan-thi-dua-khen-thuong/#to-trinh",
        ),
        (lambda: UserFactory(administrator=True), "/thu/", "quan-tri/#thu"),
        (lambda: member_of(UnitFactory()), "/xac-minh/", "nguoi-dan/#xac-minh"),
    ],
)
def test_a_page_leads_to_its_chapter_in_the_manual_of_the_role(who, address, chapter):
    client = enter(who()) if who else Client()
    page = client.get(address).content.decode()
    assert re.findall(r'class="help-link" href="([^"]+)"', page) == [f"/tro-giup/{chapter}"]


def test_a_word_of_the_law_is_a_link_with_its_meaning_and_clause():
    shown = Template('{% load help %}{% term "hiep-y" "ý kiến cơ quan khác" %}').render(Context())
    term = terms()["hiep-y"]
    assert '<a href="/tro-giup/tu-ngu/#hiep-y" aria-describedby="tu-hiep-y">ý kiến cơ quan khác</a>' in shown
    assert term.meaning in shown
    assert term.clause in shown
    page = Client().get("/tro-giup/tu-ngu/").content.decode()
    assert re.findall(r'<dt id="([\w-]+)">', page) == list(terms())


def test_the_guide_is_shown_until_it_is_put_away_by_role():
    filer = member_of(UnitFactory())
    client = enter(filer)
    assert 'id="lan-dau"' in client.get("/ban-lam-viec/").content.decode()
    answer = client.post("/tro-giup/huong-dan-da-doc/", {"manual": "nguoi-lap-ho-so"})
    assert answer.url == "/ban-lam-viec/"
    assert 'id="lan-dau"' not in client.get("/ban-lam-viec/").content.decode()
    assert 'id="lan-dau"' in enter(member_of(UnitFactory())).get("/ban-lam-viec/").content.decode()
    assert client.post("/tro-giup/huong-dan-da-doc/", {"manual": "x"}).status_code == 404


def question(**fields):
    return {
        "name": "Giàng A Hỏi",
        "email": "hoi@laocai.example",
        "text": "Không tải được tệp.",
        "page": "/dang-ky/",
        "request_id": "0123456789abcdef0123456789abcdef",
        "request_key": str(uuid.uuid4()),
        "website": "",
    } | fields


@pytest.fixture
def reviewer():
    return holder_of(Function.STANDING_BODY)


def test_a_question_is_kept_with_its_page_and_reaches_the_standing_body_once(client, reviewer):
    holder_of(Function.COMMENDATION_BODY)
    asked = question()
    assert [client.post("/tro-giup/lien-he/", asked).url for _ in range(2)] == [
        "/tro-giup/lien-he/da-gui/"
    ] * 2
    kept = Enquiry.objects.get()
    assert (kept.page, kept.request_id, kept.user) == ("/dang-ky/", asked["request_id"], None)
    mail = OutboxMail.objects.get()
    assert mail.to == reviewer.email
    assert asked["request_id"] in mail.body
    assert Event.objects.filter(act="ask").count() == 1


def test_whoever_is_logged_in_is_known(reviewer):
    filer = member_of(UnitFactory())
    client = enter(filer)
    page = client.get("/dang-ky/")
    footer = page.content.decode().split('<form action="/tro-giup/lien-he/">')[1].split("</form>")[0]
    form = client.get("/tro-giup/lien-he/", dict(re.findall(r'name="(\w+)" value="([^"]+)"', footer)))
    assert 'name="page" value="/dang-ky/"' in form.content.decode()
    assert f'name="request_id" value="{page["X-Request-ID"]}"' in form.content.decode()
    client.post("/tro-giup/lien-he/", question(name="Người khác", email="khac@laocai.example"))
    assert (Enquiry.objects.get().name, Enquiry.objects.get().email) == (filer.full_name, filer.email)


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        ("http://testserver/ket-qua/?q=a", "/ket-qua/"),
        ("http://elsewhere.example/ket-qua/", ""),
        ("http://[", ""),
    ],
)
def test_a_visitor_brings_the_page_he_came_from(client, came_from, page):
    form = client.get("/tro-giup/lien-he/", headers={"referer": came_from}).content.decode()
    assert re.findall(r'name="page"(?: value="([^"]*)")?', form) == [page]


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"email": "x"}, {"website": "http://x"}, {"request_key": "x"}, {"request_id": "<b>"}],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, wrong):
    answer = client.post("/tro-giup/lien-he/", question(name="Lò Văn Giữ", **wrong))
    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
    assert 'value="Lò Văn Giữ"' in answer.content.decode()


def test_one_address_asks_a_bounded_number_of_times(client, reviewer, monkeypatch):
    monkeypatch.setattr("reports.views.help.ASKS", 2)
    said = [
        client.post("/tro-giup/lien-he/", question(), REMOTE_ADDR="203.0.113.9").status_code for _ in range(3)
    ]
    assert (said, Enquiry.objects.count()) == ([302, 302, 429], 2)


def test_the_standing_body_answers_once_by_mail(client, reviewer):
    client.post("/tro-giup/lien-he/", question())
    kept = Enquiry.objects.get()
    desk = enter(reviewer)
    assert kept.name in desk.get("/cau-hoi/").content.decode()
    place = reverse("reports:answer_enquiry", args=[kept.uid])
    assert desk.post(place, {"text": ""}).status_code == 422
    assert desk.post(place, {"text": "Tệp phải dưới 20 MB."}).url == "/cau-hoi/"
    assert desk.post(place, {"text": "Lần nữa."}).status_code == 409
    mail = OutboxMail.objects.get(to="hoi@laocai.example")
    assert "Tệp phải dưới 20 MB." in mail.body
    assert kept.name not in desk.get("/cau-hoi/").content.decode()
    assert kept.name in desk.get("/cau-hoi/?trang-thai=da-tra-loi").content.decode()
    assert "Tệp phải dưới 20 MB." in desk.get(f"/cau-hoi/{kept.uid}/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: member_of(UnitFactory()), 403),
        (lambda: holder_of(Function.COMMENDATION_BODY, Role.LEAD), 403),
        (lambda: UserFactory(administrator=True), 403),
        (lambda: holder_of(Function.STANDING_BODY), 200),
        (lambda: holder_of(Function.STANDING_BODY, Role.LEAD), 200),
    ],
)
def test_only_the_standing_body_reads_questions(client, who, status):
    client.post("/tro-giup/lien-he/", question())
    kept, person = Enquiry.objects.get(), enter(who())
    said = [person.get(address).status_code for address in ("/cau-hoi/", f"/cau-hoi/{kept.uid}/")]
    said.append(person.post(f"/cau-hoi/{kept.uid}/tra-loi/", {"text": ""}).status_code)
    assert said == ([403] * 3 if status == 403 else [200, 200, 422])


def test_an_error_of_the_portal_leads_to_the_question_with_its_request(client, monkeypatch):
    monkeypatch.setattr("reports.views.help.terms", None)
    client.raise_request_exception = False
    answer = client.get("/tro-giup/tu-ngu/")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert f"/tro-giup/lien-he/?trang=%2Ftro-giup%2Ftu-ngu%2F&amp;ma={number}" in answer.content.decode()
