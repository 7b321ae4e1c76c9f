"""Is there enough, of a decision and of what follows it? One source for the page and for the workflow."""

from django.db.models import Count

from awards import fund
from awards.checks import missing_signature
from awards.enums import DecisionState, NomineeState, PublicState
from awards.models import Decision, Nominee, PublicRecord
from awards.prize import preview
from core import clock
from core.calendar import day_bounds
from core.findings import Finding
from core.vietnamese import format_number, person_key, search_key
from units import house


def _since(decision):
    """An act upon an award is not signed before the decision itself."""
    return day_bounds(decision.signed_on)[0]


def missing_for_deciding(decision) -> list[Finding]:
    """What the draft lacks before it goes to the Chairman; what only warns does not block."""
    if not decision.nominees.exists():
        return [Finding("Quyết định chưa có ai trong danh sách.")]
    findings = []
    rules = decision.proposal.rule_set
    if rules.needs_council_minutes and decision.council_minutes_id is None:
        findings.append(
            Finding(f"Chưa có biên bản họp Hội đồng ({rules.council_basis or rules.name}).", field="upload")
        )
    bases = rules.bases.all()
    findings += house.missing_for_citing(bases, clock.today(), decision, decision.proposal)
    return findings + warnings_of_prizes(decision)


def warnings_of_prizes(decision) -> list[Finding]:
    """What the prizes of a decision not yet published would do to the fund that pays them."""
    counts = dict(decision.nominees.order_by().values_list("kind").annotate(Count("pk")))
    day = decision.signed_on or clock.today()
    sums = preview(
        decision.proposal.form, counts, day, received_on=clock.local_date(decision.proposal.forwarded_at)
    )
    if decision.fund is None:
        return [Finding("Chưa khai báo quỹ chi tiền thưởng cho hình thức này.", blocks=False)]
    year = fund.year_of(decision)
    if year is None:
        return [Finding(f"{decision.fund} chưa khai báo mức trần năm {day.year}.", blocks=False)]
    left = fund.balance(year).left
    if sums.total > left:
        return [
            Finding(
                f"Vượt mức trần: {year} còn {format_number(max(left, 0))} đồng, Quyết định cần "
                f"{format_number(sums.total)} đồng.",
                blocks=False,
            )
        ]
    used = year.ceiling - left + sums.total
    if used * 100 >= year.warn_percent * year.ceiling:
        return [
            Finding(
                f"Sau Quyết định này {year} dùng {used * 100 // year.ceiling} % mức trần, còn "
                f"{format_number(left - sums.total)} đồng.",
                blocks=False,
            )
        ]
    return []


def missing_for_publishing(decision) -> list[Finding]:
    if decision.nominees.filter(state=NomineeState.APPROVED).exists():
        return []
    return [Finding("Quyết định không còn ai trong danh sách.")]


def missing_for_drafting_correction(changes, reason) -> list[Finding]:
    findings = []
    if not changes:
        findings.append(Finding("Nội dung mới giống hệt nội dung đã in.", field="name"))
    for change in changes:
        if change["field"] in ("name", "unit_name") and not change["corrected"]:
            findings.append(Finding(f"{change['label']} không được để trống.", field=change["field"]))
    if not reason.strip():
        findings.append(Finding("Chưa ghi lý do đính chính.", field="reason"))
    return findings


def missing_for_correcting(award, *, number, signed_on, signer, has_file) -> list[Finding]:
    return missing_signature(number, signed_on, signer, has_file, not_before=_since(award.decision))


def missing_for_proposing_revocation(*, ground, explanation, has_file) -> list[Finding]:
    findings = []
    if ground is None:
        findings.append(Finding("Chưa chọn căn cứ hủy bỏ.", field="ground"))
    if not explanation.strip():
        findings.append(Finding("Chưa ghi tóm tắt lý do.", field="explanation"))
    if not has_file:
        findings.append(Finding("Chưa tải lên Tờ trình đề nghị hủy bỏ (PDF).", field="upload"))
    return findings


def missing_for_revoking(
    award, revocation, *, public_reason, number, signed_on, signer, has_file
) -> list[Finding]:
    findings = []
    if not public_reason.strip():
        findings.append(Finding("Chưa ghi lý do công khai.", field="public_reason"))
    return findings + missing_signature(
        number, signed_on, signer, has_file, not_before=_since(award.decision)
    )


def missing_for_returning(award, revocation, *, returned_on, money) -> list[Finding]:
    findings = []
    if returned_on is None:
        findings.append(Finding("Chưa ghi ngày nộp lại.", field="returned_on"))
    elif returned_on > clock.today():
        findings.append(Finding("Ngày nộp lại không thể ở tương lai.", field="returned_on"))
    elif returned_on < revocation.act_on:
        findings.append(
            Finding(f"Ngày nộp lại phải từ ngày {revocation.act_on:%d/%m/%Y} trở đi.", field="returned_on")
        )
    if money > (award.prize_amount or 0):
        findings.append(
            Finding(
                f"Tiền thưởng đã trao là {format_number(award.prize_amount or 0)} đồng, không thể nộp lại "
                "nhiều hơn.",
                field="money",
            )
        )
    return findings


#: words that say of someone that he is commended
OF_AWARDS = ("bang khen", "giay khen", "khen thuong", "duoc khen", "tang thuong")


def missing_for_publishing_exemplar(exemplar) -> list[Finding]:
    """An article never tells of an award before it is published."""
    findings = []
    reference = exemplar.award_reference
    awards = PublicRecord.objects.awards().exclude(state=PublicState.REVOKED)
    is_awarded = bool(reference) and awards.filter(reference=reference).exists()
    if reference and not is_awarded:
        findings.append(
            Finding(
                "Chưa có khen thưởng còn hiệu lực nào mang mã tra cứu này được công bố.",
                field="award_reference",
            )
        )
    text = search_key(f"{exemplar.title} {exemplar.summary} {exemplar.body}")
    if any(word in text for word in OF_AWARDS) and not is_awarded and _is_under_way(exemplar):
        findings.append(
            Finding(
                "Bài nhắc đến khen thưởng, mà điển hình này đang có trong hồ sơ khen thưởng chưa công bố. "
                "Hãy bỏ những câu đó, hoặc đăng sau khi công bố.",
                field="body",
            )
        )
    unpublished = Decision.objects.exclude(state=DecisionState.PUBLISHED).exclude(number="")
    if any(search_key(number) in text for number in unpublished.values_list("number", flat=True)):
        findings.append(Finding("Bài nhắc đến một Quyết định chưa công bố.", field="body"))
    return findings


def _is_under_way(exemplar) -> bool:
    """Someone of that name has been put forward and no outcome has been published."""
    names = {search_key(exemplar.name), person_key(exemplar.name)}
    return (
        Nominee.objects.with_publication()
        .filter(kind=exemplar.kind, search_name__in=names, is_revealed=False)
        .exclude(state=NomineeState.WITHDRAWN)
        .exclude(dossier__first_submitted_at__isnull=True)
        .exists()
    )
