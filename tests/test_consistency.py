"""Taste and safety that hold across the whole house."""

import re
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
ORDER = ["core", "units", "criteria", "registrations", "awards", "reports"]
#: every address that answers without login; a new one must be written here on purpose
PUBLIC = {
    "/",
    "/ket-qua/",
    "/ket-qua/<slug>/",
    "/quyet-dinh/",
    "/quyet-dinh/<uuid>/",
    "/lay-y-kien/",
    "/lay-y-kien/<uuid>/",
    "/lay-y-kien/<uuid>/gop-y/<uuid>/",
    "/quyet-dinh/atom.xml",
    "/gioi-thieu/",
    "/tien-do/",
    "/du-lieu-mo/",
    "/du-lieu-mo/<iso_day>/",
    "/du-lieu-mo/<iso_day>/<str>",
    "/sitemap.xml",
    "/sitemap-trang.xml",
    "/sitemap-quyet-dinh.xml",
    "/sitemap-ket-qua-<int>.xml",
    "/robots.txt",
    "/tieu-chi/",
    "/bo-tieu-chi/",
    "/bo-tieu-chi/<uuid>/",
    "/bo-tieu-chi/<uuid>/noi-dung.json",
    "/bo-tieu-chi/so-sanh/",
    "/tu-kiem-tra/",
    "/dien-hinh/",
    "/dien-hinh/<uuid>/",
    "/dien-hinh/<uuid>/anh/",
    "/niem-phong/",
    "/tro-giup/",
    "/tro-giup/<slug>/",
    "/tro-giup/tu-ngu/",
    "/tro-giup/lien-he/",
    "/tro-giup/lien-he/da-gui/",
    "/song/",
    "/song/san-sang/",
    "/song/khoi-dong/",
    "/song/so-do/",
    "/xin-tai-khoan/",
    "/xin-tai-khoan/tra-cuu/",
    "/song/viec-dinh-ky/",
    "/xac-minh/",
    "/xac-minh/chung-thu-cua-cong/",
    "/xac-minh/<str>/",
    "/tai-khoan/dang-nhap/",
    "/tai-khoan/dang-xuat/",
    "/tai-khoan/dang-ky/",
    "/tai-khoan/khong-hoat-dong/",
    "/tai-khoan/thu-xac-nhan/",
    "/tai-khoan/quen-mat-khau/",
    "/tai-khoan/quen-mat-khau/da-gui/",
    "/tai-khoan/quen-mat-khau/<str>-<str>/",
    "/tai-khoan/quen-mat-khau/xong/",
    "/tai-khoan/lien-ket/da-huy/",
    "/tai-khoan/lien-ket/<str>/",
    "/tai-khoan/lien-ket/<str>/ve/",
    "/api/schema/",
    "/api/docs/",
    "/api/v1/units/",
    "/api/v1/units/<uuid>/",
    "/api/v1/criteria/",
    "/api/v1/criteria/evaluate/",
    "/api/v1/criteria-sets/",
    "/api/v1/criteria-sets/<uuid>/",
    "/api/v1/periods/",
    "/api/v1/results/",
    "/api/v1/results/<slug>/",
    "/api/v1/decisions/",
    "/api/v1/decisions/<uuid>/",
    "/api/v1/statistics/",
    "/api/v1/progress/",
}


def _addresses(patterns=None, prefix="/"):
    """Every address of the project with `<kind>` for its parameters, and one to try."""
    for entry in patterns or get_resolver().url_patterns:
        route = re.sub(r"\(\?P<\w+>.*?\)(?=[-/$]|\.\+|$)|\.\+\)", "<str>", str(entry.pattern).strip("^$"))
        route = re.sub(r"<(\w+):\w+>", r"<\1>", route.replace(r"\/", "/"))
        if isinstance(entry, URLResolver):
            if route != "quan-tri/":
                yield from _addresses(entry.url_patterns, prefix + route)
        elif isinstance(entry, URLPattern):
            yield prefix + route


def _tried(address):
    return (
        address.replace("<uuid>", str(uuid.UUID(int=7)))
        .replace("<int>", "1")
        .replace("<str>", "x")
        .replace("<slug>", "x")
        .replace("<iso_day>", "2020-01-31")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(set(_addresses())))
def test_every_address_asks_for_login_or_is_on_the_public_list(client, address):
    answer = client.get(_tried(address))
    sent_to_login = answer.status_code == 302 and answer.url.startswith("/tai-khoan/dang-nhap/")
    refused = address.startswith("/api/v1/") and answer.status_code in (401, 403)
    assert (sent_to_login or refused) == (address not in PUBLIC), f"{address}: {answer.status_code}"
    assert answer.status_code < 500


def test_the_public_list_has_no_address_that_is_gone():
    assert PUBLIC - set(_addresses()) == set()


def test_models_point_down_the_house_only():
    upward = []
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in ORDER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or target._meta.app_label not in ORDER:
                continue
            # Django's own exception: the user model is named by a setting.
            if target is not apps.get_model(settings.AUTH_USER_MODEL) and ORDER.index(
                target._meta.app_label
            ) > ORDER.index(label):
                upward.append(f"{model.__name__}.{field.name}")
    assert upward == []


CASES = "registration|report|dossier|proposal|decision|nominee|award|inspection|visit|finding|pilot_list"


def test_state_is_written_in_the_transition_engine_alone():
    writers = []
    for app in ORDER:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts or "demo" in path.parts:
                continue
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                if re.search(rf"\b({CASES})\w*\.state = ", line):
                    writers.append(f"{path.relative_to(ROOT)}:{number}")
    assert writers == []


# Those of `documents` are printed by WeasyPrint and never reach a browser.
PAGES = sorted(p for p in (ROOT / "templates").rglob("*.html") if "documents" not in p.parts)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_obey_the_content_security_policy(path):
    text = path.read_text()
    # A block of data is no script: nothing of it runs.
    is_no_script = r"(?![^>]*(?:\bsrc=|type=\"application/json\"))"
    assert re.findall(rf"""\sstyle=|\son\w+=["']|<style|<script{is_no_script}|javascript:""", text) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/tai-khoan/dang-nhap/", "/tu-kiem-tra/", "/api/docs/", "/khong-co-trang-nay/"]
)
def test_the_policy_is_enforced_without_unsafe_words(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "script-src 'self'" in policy
