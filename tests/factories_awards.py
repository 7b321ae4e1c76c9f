"""Dossiers, proposals and decisions for the tests, brought to their state by the workflow."""

import uuid
from datetime import date

from awards import duplicates
from awards.enums import DocumentKind
from awards.loading import load_regime
from awards.models import Award, AwardForm, FormOpening, Nominee, RecordedDecision, RevocationGround
from awards.workflow import appraisal as appraising
from awards.workflow import award as after
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import judging, matching
from awards.workflow import proposal as proposing
from core import clock, files
from core.models import File
from tests.factories import UserFactory
from tests.factories_registrations import PDF, CampaignFactory, a_pdf


def the_form() -> AwardForm:
    load_regime()
    return AwardForm.objects.get(code="BK-CT-UBND")


def a_campaign():
    return CampaignFactory(
        code="2022-2025",
        name="Thi đua chuyển đổi số giai đoạn 2022–2025",
        first_year=2022,
        last_year=2025,
        final_review_year=2025,
    )


def an_individual(unit, name="Nguyễn Thị Hòa", **changes) -> dict:
    """What the nominee form says of one person."""
    return {
        "kind": "individual",
        "name": name,
        "sex": "female",
        "birth_date": date(1980, 2, 20),
        "position": "Công chức Văn phòng",
        "unit": unit,
        "achievement": "Số hóa toàn bộ hồ sơ lưu trữ.",
    } | changes


def a_collective(unit, name="Bộ phận Một cửa", **changes) -> dict:
    return {
        "kind": "collective",
        "name": name,
        "unit": unit,
        "achievement": "Mọi hồ sơ được giải quyết trực tuyến.",
    } | changes


def open_for(campaign, form) -> None:
    """A time in which the form is proposed, besides the campaign's final review."""
    if not FormOpening.objects.filter(campaign=campaign, form=form).exists():
        FormOpening.objects.create(
            campaign=campaign,
            form=form,
            opens_on=date(2021, 1, 1),
            closes_on=date(2030, 12, 31),
            basis="Văn bản minh họa",
            opened_at=clock.now(),
            opened_by=UserFactory(),
        )


def a_draft(unit, by):
    """A dossier just begun, empty."""
    campaign, form = a_campaign(), the_form()
    open_for(campaign, form)
    return submitting.start(campaign, form, unit, by=by)


def fill(dossier, by, nominees=None):
    """All that a submission needs: words, nominees with their reports, the signed papers."""
    words = {"summary": "Đơn vị đề nghị khen thưởng tổng kết phong trào."}
    assert submitting.save_dossier(dossier, by=by, version=dossier.version, words=words)
    for values in nominees or [an_individual(dossier.unit), a_collective(dossier.unit)]:
        submitting.add_nominee(dossier, by=by, values=values, report=a_pdf("bao-cao.pdf"), is_certified=True)
    for kind in (DocumentKind.SUBMISSION, DocumentKind.MINUTES):
        submitting.attach(dossier, by=by, kind=kind, upload=a_pdf(f"{kind}.pdf"))
    return dossier


def a_full_draft(unit, by, nominees=None):
    return fill(a_draft(unit, by), by, nominees)


def answer(dossier, by):
    """Every item of an open request for a supplement."""
    asked = dossier.supplement_requests.filter(closed_at__isnull=True).first()
    if asked:
        answers = {item.uid: "Đã bổ sung." for item in asked.items.all()}
        submitting.answer_supplement(dossier, by=by, answers=answers)


def submit(dossier, by, request_key=None):
    answer(dossier, by)
    return submitting.submit(dossier, by=by, version=dossier.version, request_key=request_key or uuid.uuid4())


def a_submitted_dossier(unit, by, nominees=None):
    dossier = a_full_draft(unit, by, nominees)
    submit(dossier, by)
    return dossier


def appraise(dossier, by, verdicts=None):
    """Recommend every nominee, or do by `verdicts` (name → action)."""
    for nominee in dossier.nominees.filter(state="proposed"):
        action = (verdicts or {}).get(nominee.name, "recommend")
        appraising.give_verdict(action, nominee, by=by, comment="Ý kiến thẩm định.")
    decide_matches(dossier, by)
    appraising.appraise(dossier, by=by)
    return dossier


def decide_matches(dossier, by):
    """Say of everyone the machine points at that it is somebody else."""
    nominees = dossier.nominees.exclude(state="withdrawn").select_related("dossier")
    for matches in duplicates.matches_of(nominees).values():
        for match in matches:
            if match.needs_decision:
                matching.resolve(
                    match.nominee, other=match.other, verdict="different", reason="Khác người.", by=by
                )


def an_appraised_dossier(unit, filer, desk, nominees=None, verdicts=None):
    return appraise(a_submitted_dossier(unit, filer, nominees), desk, verdicts)


def many_nominees(dossier, how_many, *, of=""):
    """Rows as an import leaves them: one appraised dossier with a long list, each name said to be `of` it."""
    like = dossier.nominees.first()
    Nominee.objects.bulk_create(
        Nominee(
            dossier=dossier,
            kind="individual",
            unit=like.unit,
            name=" ".join(["Người", *of.split(), f"{how_many} {n:04}"]),
            sex="male",
            position="Chuyên viên",
            achievement="Số hóa hồ sơ.",
            search_name=" ".join(["nguoi", *of.split(), f"{how_many} {n:04}"]),
            sort_name=f"{n:04}",
            state="recommended",
            appraised_by=like.appraised_by,
            appraised_at=like.appraised_at,
        )
        for n in range(how_many)
    )


def a_proposal(desk, *dossiers):
    """A draft with every recommended nominee of the dossiers."""
    first = dossiers[0]
    proposal = proposing.start(
        first.campaign, first.form, first.rule_set, title="Đề nghị tặng Bằng khen", by=desk
    )
    proposing.gather(proposal, Nominee.objects.filter(dossier__in=dossiers), by=desk)
    return proposal


def signed(by, name="ban-ky.pdf"):
    """What is typed from a paper signed today."""
    scan = files.store_bytes(PDF, name=name, content_type=files.PDF, by=by)
    return {
        "number": f"{scan.pk}/TTr-STTTT",
        "signed_on": clock.today(),
        "signer": "Trần Văn Mẫu",
        "signed_file": scan,
    }


def a_signed_proposal(desk, *dossiers):
    proposal = a_proposal(desk, *dossiers)
    proposing.finalise(proposal, by=desk)
    proposing.sign(proposal, by=desk, **signed(desk))
    return proposal


def a_forwarded_proposal(desk, lead, *dossiers):
    proposal = a_signed_proposal(desk, *dossiers)
    proposing.forward(proposal, by=lead, request_key=uuid.uuid4())
    return proposal


def judge_all(proposal, by, refused=()):
    for nominee in proposal.nominees.all():
        judgement = "refused" if nominee.name in refused else "approved"
        judging.judge(nominee, by=by, judgement=judgement, reason="Lý do xét.")


def a_published_list(world, proposal):
    """The decision on everyone of a forwarded proposal."""
    judge_all(proposal, world.commendation)
    proposing.approve(proposal, by=world.commendation_lead)
    decision = deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    deciding.publish(decision, by=world.commendation_lead)
    return decision


def an_approved_proposal(world, *dossiers, refused=()):
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, *dossiers)
    judge_all(proposal, world.commendation, refused)
    proposing.approve(proposal, by=world.commendation_lead)
    return proposal


def a_decision(world, *dossiers, refused=()):
    proposal = an_approved_proposal(world, *dossiers, refused=refused)
    return deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)


def an_issued_decision(world, *dossiers, refused=()):
    decision = a_decision(world, *dossiers, refused=refused)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    return decision


def a_published_decision(world, *dossiers, refused=()):
    decision = an_issued_decision(world, *dossiers, refused=refused)
    deciding.publish(decision, by=world.commendation_lead)
    return decision


# After publication


def signed_act(by):
    """What is typed from an act of the Chairman signed today."""
    return signed(by) | {"number": f"{File.objects.count()}/QĐ-UBND"}


def other_words(award) -> dict:
    """The whole form of a correction, with another position."""
    words = {"title": award.title, "name": award.name, "unit_name": award.unit_name}
    return words | {"position": "Công chức Văn hóa - Xã hội", "reason": "In nhầm chức vụ."}


def draft_correction(award, by, **changes):
    words = other_words(award) | changes
    return after.draft_correction(award, words, by=by, reason=words["reason"])


def propose_revocation(award, by):
    scan = files.store_bytes(PDF, name="to-trinh.pdf", content_type=files.PDF, by=by)
    ground = RevocationGround.objects.get(code="93-2-a")
    after.propose_revocation(
        award, by=by, ground=ground, explanation="Số liệu khai không đúng.", document=scan
    )


def revoke(award, by, public_reason="Kê khai thành tích không đúng."):
    after.revoke(award, by=by, public_reason=public_reason, **signed_act(by))


def an_award_in(state, world):
    """An individual's award; in "drafted" a correction waits for a second person."""
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    a_published_decision(world, dossier)
    award = Award.objects.get(kind="individual")
    if state in ("drafted", "corrected"):
        draft_correction(award, world.commendation)
    if state == "corrected":
        after.correct(award, by=world.commendation_lead, **signed_act(world.commendation_lead))
    if state in ("revocation_proposed", "revoked", "returned"):
        propose_revocation(award, world.filer)
    if state in ("revoked", "returned"):
        revoke(award, world.commendation)
    if state == "returned":
        after.return_items(award, by=world.commendation, returned_on=clock.today())
    return award


def a_recorded_decision(unit, by):
    """A Giấy khen decision of the unit, still without names."""
    return RecordedDecision.objects.create(
        unit=unit,
        form=AwardForm.objects.get(code="GK-XA"),
        number="12/QĐ-UBND",
        signed_on=date(2025, 1, 5),
        title="Tặng Giấy khen",
        file=files.store(a_pdf("giay-khen.pdf"), by=by),
        achievement_from=date(2024, 1, 1),
        achievement_to=date(2024, 12, 31),
        recorded_at=clock.now(),
        recorded_by=by,
    )
