"""Rows that the demo's world has none of, so that every address shows something."""

import uuid
from datetime import date, timedelta

from awards import duplicates
from awards.models import Consultation, Decision, Designation, MatchResolution, Nominee
from core import clock, files
from core.models import Holiday, SavedFilter
from registrations.enums import BoardAct
from registrations.models import BulkAct, Extension, HeadApproval, Registration
from reports.models import Enquiry
from tests.factories import UserFactory
from tests.factories_registrations import PDF
from units.models import ApiToken, Reorganisation

MENTIONING = "nhac-den-do-mat.pdf"


def plant(crowd) -> None:
    now, standing = clock.now(), crowd.users["L"]
    papers = [files.store_bytes(PDF, name="van-ban.pdf", content_type=files.PDF) for _ in range(6)]
    mentioning = files.store_bytes(PDF, name=MENTIONING, content_type=files.PDF, by=crowd.users["f"])
    mentioning.mention = "MẬT"
    mentioning.save()
    Enquiry.objects.create(
        request_key=uuid.uuid4(), name="Người hỏi", email="hoi@laocai.example", text="Câu hỏi.", asked_at=now
    )
    SavedFilter.objects.create(
        user=crowd.users["f"], list="registrations:registrations", name="Nộp muộn", query="late=yes"
    )
    Holiday.objects.create(day=date(2027, 4, 29), name="Nghỉ bù", basis="Văn bản minh họa")
    draft = Registration.objects.filter(state="draft", period=crowd.period).first()
    HeadApproval.objects.create(
        registration=draft,
        version=draft.version,
        asked_by=crowd.users["f"],
        asked_at=now,
        decided_by=crowd.users["h"],
        decided_at=now,
    )
    Extension.objects.update(document=papers[0])
    Consultation.objects.update(letter=papers[1], reply=papers[2])
    Reorganisation.objects.filter(pk=Reorganisation.objects.first().pk).update(document=papers[3])
    Decision.objects.update(council_minutes=papers[4], council_met_on=date(2025, 12, 1))
    Designation.objects.create(
        act="appraise",
        dossier=Nominee.objects.filter(dossier__state="submitted").first().dossier,
        person=UserFactory(),
        reason="Cả hai cơ quan có người thân.",
        designated_at=now,
        designated_by=standing,
    )
    BulkAct.objects.create(
        act=BoardAct.CONFIRM,
        request_key=uuid.uuid4(),
        title="Mọi đơn vị",
        seen_at=now,
        by=standing,
        created_at=now,
    )
    ApiToken.objects.create(
        owner=crowd.users["f"],
        name="Hệ thống của đơn vị",
        prefix="lc_minhhoa",
        digest="0" * 64,
        scopes=["registrations"],
        created_at=now,
        expires_at=now + timedelta(days=90),
    )
    for match in _matches():
        MatchResolution.objects.create(
            nominee=match.nominee,
            other=match.other,
            verdict="different",
            reason="Khác người.",
            resolved_at=now,
            resolved_by=standing,
        )
    _an_unpublished_decision(papers[5])


def _matches():
    nominees = Nominee.objects.filter(dossier__state="submitted").exclude(state="withdrawn")
    found = duplicates.matches_of(nominees.select_related("dossier")).values()
    return [match for matches in found for match in matches if match.other][:1]


def _an_unpublished_decision(paper) -> None:
    """Issued: whoever finds its address before it is published must find nothing."""
    decision = Decision.objects.first()
    decision.pk, decision.uid, decision.reference = None, uuid.uuid4(), "QD-2026-00002"
    decision.state, decision.number = "issued", "99/QĐ-UBND"
    decision.signed_file, decision.published_at, decision.published_by = paper, None, None
    decision.save()
