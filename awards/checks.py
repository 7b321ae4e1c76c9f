"""Is there enough? One source for the page (beside the button) and for the workflow."""

from awards.enums import DossierState, NomineeState
from awards.models import RuleSet
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
    nominees = list(dossier.nominees.exclude(state=NomineeState.WITHDRAWN))
    if not nominees:
        findings.append(Finding("Chưa có đối tượng đề nghị khen thưởng.", field="nominees"))
    if not dossier.summary.strip():
        findings.append(Finding("Chưa viết tóm tắt đề nghị.", field="summary"))
    for nominee in nominees:
        if not nominee.achievement.strip():
            findings.append(Finding(f"{nominee.name}: chưa có tóm tắt thành tích.", field=f"n{nominee.uid}"))
    papers = {(paper.kind, paper.nominee_id) for paper in dossier.documents.filter(is_removed=False)}
    for requirement in rule_set.requirements.filter(is_required=True):
        label = requirement.get_kind_display()
        if not requirement.nominee_kind:
            if (requirement.kind, None) not in papers:
                findings.append(Finding(f"Thiếu giấy tờ: {label}.", field="documents"))
            continue
        findings += [
            Finding(f"{nominee.name}: thiếu {label}.", field=f"n{nominee.uid}")
            for nominee in nominees
            if nominee.kind == requirement.nominee_kind and (requirement.kind, nominee.pk) not in papers
        ]
    return findings


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
