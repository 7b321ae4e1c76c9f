"""The public words of decisions and awards, as they are appended to `PublicRecord` (DESIGN of the data:
name, title, position and unit as printed; never birth date, identity number, contact)."""

from awards.enums import AwardState, PublicState
from awards.models import PublicRecord

#: a revocation that is only proposed is nobody's business yet
PUBLIC_STATE = {
    AwardState.PUBLISHED: PublicState.VALID,
    AwardState.CORRECTED: PublicState.CORRECTED,
    AwardState.REVOKED: PublicState.REVOKED,
    AwardState.RETURNED: PublicState.REVOKED,
}


def _common(decision) -> dict:
    form = decision.proposal.form
    return {
        "award": {"code": form.code, "name": form.name},
        "decision": {
            "id": str(decision.uid),
            "number": decision.number,
            "date": decision.signed_on.isoformat(),
        },
        "campaign": decision.proposal.campaign.code,
        "year": decision.signed_on.year,
    }


def decision_record(decision, awards) -> PublicRecord:
    form = decision.proposal.form
    counts = {kind: sum(a.kind == kind for a in awards) for kind in ("collective", "household", "individual")}
    return PublicRecord(
        kind="decision",
        uid=decision.uid,
        state=PublicState.VALID,
        payload={
            **_common(decision),
            "title": decision.title,
            "authority": form.authority,
            "signer": decision.signer,
            "counts": counts,
        },
        published_at=decision.published_at,
        updated_at=decision.published_at,
        year=decision.signed_on.year,
        award_code=form.code,
        decision_uid=decision.uid,
        search_text=f"{decision.number} {decision.title}",
    )


def award_record(award, at) -> PublicRecord:
    """One award as it stands, changed at `at`; a correction shows both wordings, a revocation its act."""
    decision = award.decision
    proposer = award.nominee.dossier.unit
    unit = award.unit
    corrections = [_correction(c) for c in award.corrections.all() if c.in_force_at]
    words = [change["printed"] for c in corrections for change in c["changes"]]
    return PublicRecord(
        kind="award",
        uid=award.uid,
        state=PUBLIC_STATE[award.state],
        payload={
            **_common(decision),
            "reference": award.reference,
            "name": award.name,
            "title": award.title,
            "position": award.position,
            "nominee_kind": award.kind,
            "unit": {"id": str(unit.uid), "code": unit.code, "name": award.unit_name, "kind": unit.kind},
            "proposed_by": {"id": str(proposer.uid), "name": proposer.name},
            "corrections": corrections,
            "revocation": _revocation(award),
        },
        published_at=decision.published_at,
        updated_at=at,
        reference=award.reference,
        year=decision.signed_on.year,
        award_code=decision.proposal.form.code,
        nominee_kind=award.kind,
        unit_uid=unit.uid,
        decision_uid=decision.uid,
        search_text=" ".join(
            [award.name, award.position, award.unit_name, award.reference, decision.number, *words]
        ),
    )


def _correction(correction) -> dict:
    return {
        "act": {"number": correction.act_number, "date": correction.act_on.isoformat()},
        "reason": correction.reason,
        "changes": [
            {name: change[name] for name in ("label", "printed", "corrected")}
            for change in correction.changes
        ],
    }


def _revocation(award) -> dict | None:
    if PUBLIC_STATE[award.state] != PublicState.REVOKED:
        return None
    revocation = award.revocations.get(revoked_at__isnull=False)
    return {
        "act": {"number": revocation.act_number, "date": revocation.act_on.isoformat()},
        "ground": revocation.ground.basis,
        "reason": revocation.public_reason,
    }
