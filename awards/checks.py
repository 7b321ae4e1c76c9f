"""Is there enough? One source for the page (beside the button) and for the workflow."""

from awards import checklist
from awards.enums import DocumentKind, DossierState, NomineeKind, NomineeState
from awards.models import RuleSet, SupplementItem
from core import clock
from core.findings import Finding
from units import house


def rule_set_of(dossier):
    """The rules a dossier is held to: those of its receipt, or of today while it is a draft."""
    return dossier.rule_set or RuleSet.objects.in_force_on(clock.today())


def missing_for_submitting(dossier) -> list[Finding]:
    """The checklist of the rule set against the nominees and papers of the dossier."""
    findings = []
    rule_set = rule_set_of(dossier)
    if rule_set is None:
        return [
            Finding("Chưa có bộ quy định khen thưởng áp dụng cho hôm nay. Hãy liên hệ cơ quan thường trực.")
        ]
    nominees = checklist.nominees_in(dossier)
    if not nominees.exists():
        findings.append(Finding("Chưa có đối tượng đề nghị khen thưởng.", field="nominees"))
    if not dossier.summary.strip():
        findings.append(Finding("Chưa viết tóm tắt đề nghị.", field="summary"))
    findings += checklist.missing_summaries(nominees)
    for line in checklist.lines_of(dossier, rule_set):
        findings += line.findings
    return findings + _of_form(dossier, nominees) + _of_paper(dossier) + _unanswered(dossier)


def _of_form(dossier, nominees) -> list[Finding]:
    kinds = dossier.form.nominee_kinds
    allowed = ", ".join(NomineeKind(kind).label.lower() for kind in kinds)
    words = f"{dossier.form.name} chỉ tặng cho {allowed}."
    return checklist.said_of(nominees.exclude(kind__in=kinds), words)


def _of_paper(dossier) -> list[Finding]:
    """A dossier that came on paper names its receipt and carries its scan."""
    if not dossier.is_on_paper:
        return []
    findings = []
    if not dossier.paper_number.strip():
        findings.append(Finding("Chưa ghi số văn bản đến.", field="paper_number"))
    if dossier.received_on is None:
        findings.append(Finding("Chưa ghi ngày nhận hồ sơ giấy.", field="received_on"))
    elif dossier.received_on > clock.today():
        findings.append(Finding("Ngày nhận hồ sơ giấy không thể ở tương lai.", field="received_on"))
    if not dossier.documents.filter(is_removed=False, kind=DocumentKind.PAPER).exists():
        findings.append(Finding("Chưa tải lên bản quét hồ sơ giấy.", field="documents"))
    return findings


def _unanswered(dossier) -> list[Finding]:
    """Each item of the open request has its answer."""
    items = SupplementItem.objects.filter(
        request__dossier=dossier, request__closed_at__isnull=True, answer=""
    )
    return [Finding(f"Chưa trả lời mục yêu cầu bổ sung: {item.text}", field="supplement") for item in items]


def missing_for_appraising(dossier) -> list[Finding]:
    return [
        Finding(f"{nominee.name}: chưa có kết luận thẩm định.", field=f"n{nominee.uid}")
        for nominee in dossier.nominees.filter(state=NomineeState.PROPOSED)
    ]


def missing_for_finalising(proposal) -> list[Finding]:
    nominees = list(proposal.nominees.select_related("dossier"))
    if not nominees:
        return [Finding("Danh sách chưa có ai. Hãy đưa đối tượng đã được thẩm định vào Tờ trình.")]
    findings = []
    for nominee in nominees:
        if nominee.is_held:
            findings.append(Finding(f"{nominee.name}: đang tạm dừng, hãy tách khỏi Tờ trình."))
        elif nominee.state != NomineeState.RECOMMENDED or nominee.dossier.state != DossierState.APPRAISED:
            findings.append(
                Finding(f"{nominee.name}: chưa được đề nghị khen thưởng, hãy đưa ra khỏi danh sách.")
            )
    return findings + house.missing_for_citing(proposal, proposal.rule_set.bases.all(), clock.today())


def missing_for_signing(proposal, *, number, signed_on, signer, has_file) -> list[Finding]:
    """The signed Tờ trình as it came back: number, day, signer and the signed file."""
    return _missing_signature(number, signed_on, signer, has_file, not_before=proposal.finalised_at)


def missing_for_issuing(decision, *, number, signed_on, signer, has_file) -> list[Finding]:
    return _missing_signature(number, signed_on, signer, has_file, not_before=decision.proposal.forwarded_at)


def _missing_signature(number, signed_on, signer, has_file, *, not_before) -> list[Finding]:
    findings = []
    if not (number or "").strip():
        findings.append(Finding("Chưa ghi số văn bản.", field="number"))
    if not (signer or "").strip():
        findings.append(Finding("Chưa ghi người ký.", field="signer"))
    if signed_on is None:
        findings.append(Finding("Chưa ghi ngày ký.", field="signed_on"))
    elif signed_on > clock.today():
        findings.append(Finding("Ngày ký không thể ở tương lai.", field="signed_on"))
    elif not_before and signed_on < clock.local_date(not_before):
        earliest = f"{clock.local_date(not_before):%d/%m/%Y}"
        findings.append(Finding(f"Ngày ký phải từ ngày {earliest} trở đi.", field="signed_on"))
    if not has_file:
        findings.append(Finding("Chưa tải lên bản đã ký (PDF).", field="upload"))
    return findings


def missing_for_approving(proposal) -> list[Finding]:
    return [
        Finding(f"{nominee.name}: chưa có kết quả xét.", field=f"n{nominee.uid}")
        for nominee in proposal.nominees.filter(judgement="", is_held=False)
    ]


def missing_for_deciding(decision) -> list[Finding]:
    if decision.nominees.exists():
        return []
    return [Finding("Quyết định chưa có ai trong danh sách.")]
