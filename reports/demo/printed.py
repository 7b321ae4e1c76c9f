"""Every document the portal prints, each from rows of the demo: for the reference pictures and the tests."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

from django.db.models import Count

from awards.documents import consultation, decision, lists, proposal
from awards.models import Award, Decision, Dossier, DossierSubmission, Nominee, Proposal
from core import clock
from core.documents import Document
from core.press import OFFERS
from registrations import documents
from registrations.models import (
    Campaign,
    Inspection,
    Period,
    Registration,
    RegistrationVersion,
    ReminderLetter,
    Report,
    Visit,
)
from reports.papers import OF_YEAR
from units.enums import Function
from units.models import Unit, UnitFunction

GROUND = (
    "Khai báo không đúng thành tích (Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022, Điều 93 khoản 1)"
)


def printed() -> Iterator[tuple[str, Document]]:
    """(slug, document) of every kind; of a kind of which the demo has no row, nothing."""
    for kind, obj in _offered():
        if obj is not None:
            yield kind, OFFERS[kind].compose(obj, clock.today())
    for slug, compose, obj in _asked():
        if obj is not None:
            yield slug, compose(SimpleNamespace(object_uid=obj.uid, requested_at=clock.now()))
    yield from _of_decisions()


def _offered():
    dossiers = Dossier.objects.filter(submitted_at__isnull=False)
    dossiers = dossiers.annotate(kinds=Count("nominees__kind", distinct=True), names=Count("nominees"))
    dossier = dossiers.order_by("-kinds", "-names", "pk").first()
    nominees = Nominee.objects.exclude(state="withdrawn").order_by("pk")
    registration = Registration.objects.filter(first_filed_at__isnull=False).order_by("pk").last()
    version = RegistrationVersion.objects.order_by("pk").last()
    decision = Decision.objects.annotate(names=Count("nominees")).order_by("-names", "pk").first()
    period = Period.objects.filter(reports__state="verified").order_by("-year").first()
    campaign = period and period.campaign
    yield "dang-ky-thi-dua", registration
    yield "ke-hoach", registration
    yield "dang-ky-da-nop", version
    verified = Report.objects.filter(state="verified", kind="annual_report")
    yield "bao-cao-ket-qua", verified.order_by("pk").last()
    for kind in ("to-trinh-don-vi", "trich-ngang", "bien-ban-hop-xet"):
        yield kind, dossier
    yield "giay-tiep-nhan-ho-so", DossierSubmission.objects.order_by("pk").first()
    yield "tra-ho-so", Dossier.objects.filter(state="rejected").order_by("pk").first()
    yield "yeu-cau-bo-sung", Dossier.objects.filter(state="returned").order_by("pk").first()
    yield "bao-cao-thanh-tich", nominees.filter(kind="individual").first()
    yield "to-trinh-chu-tich", decision
    yield "du-thao-quyet-dinh", decision
    yield "trich-quyet-dinh", Award.objects.filter(kind="individual").order_by("pk").first()
    for kind in OF_YEAR:
        yield kind, period
    yield "bao-cao-so-ket", campaign
    yield "bao-cao-tong-ket", Campaign.objects.order_by("first_year").first()


def _asked():
    yield "giay-tiep-nhan", documents.receipt, RegistrationVersion.objects.order_by("pk").first()
    yield "cong-van-don-doc", documents.reminder_letter, ReminderLetter.objects.order_by("pk").first()
    visits = Visit.objects.filter(findings__isnull=False).order_by("pk")
    yield "bien-ban-kiem-tra", documents.inspection_minutes, visits.first()
    inspections = Inspection.objects.filter(visits__in=visits).order_by("pk")
    yield "bao-cao-kiem-tra", documents.inspection_report, inspections.first()
    signed = Proposal.objects.exclude(finalised_at=None).order_by("pk").first()
    yield "to-trinh-co-quan-thuong-truc", proposal.proposal_package, signed


def _of_decisions():
    """What corrects and revokes; and the letter that asks others about those proposed."""
    published = Decision.objects.filter(state="published").order_by("pk").first()
    if published is None:
        return
    day = clock.today()
    names = lists.names_of(published.nominees.select_related("unit").in_order())
    changes = [
        {"where": "Danh sách, số 1", "printed": names[0]["name"], "corrected": f"{names[0]['name']} (mới)"}
    ]
    reason = "sai sót khi soạn thảo"
    yield "quyet-dinh-dinh-chinh", decision.correction(published, changes, reason, day)
    yield "quyet-dinh-huy-bo", decision.revocation(published, names[:1], GROUND, day, return_days=15)
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    asked = [
        unit.name for unit in Unit.objects.filter(kind="department").exclude(pk=body.pk).order_by("pk")[:2]
    ]
    question = "việc chấp hành chủ trương, pháp luật trong lĩnh vực do Quý cơ quan quản lý"
    yield (
        "xin-y-kien",
        consultation.consultation_letter(
            body, published.proposal.campaign, names, asked, question, due=day + timedelta(days=10), day=day
        ),
    )
