"""What is submitted, as plain values: kept byte for byte with its hash."""

from awards.enums import NomineeState


def snapshot(dossier) -> dict:
    """All that is submitted, as plain values; of an identity number only that there is one."""
    nominees = dossier.nominees.exclude(state=NomineeState.WITHDRAWN)
    nominees = nominees.select_related("unit", "report").prefetch_related("initiatives")
    documents = dossier.documents.filter(is_removed=False).select_related("file", "nominee")
    return {
        "unit": {"uid": str(dossier.unit.uid), "code": dossier.unit.code, "name": dossier.unit.name},
        "form": dossier.form.code,
        "campaign": dossier.campaign.code,
        "achievement": [dossier.achievement_from.isoformat(), dossier.achievement_to.isoformat()],
        "summary": dossier.summary,
        "channel": dossier.channel,
        "paper_number": dossier.paper_number,
        "nominees": [_nominee_as_submitted(nominee) for nominee in nominees],
        "documents": [
            {
                "kind": d.kind,
                "nominee": str(d.nominee.uid) if d.nominee else None,
                "name": d.file.name,
                "sha256": d.file.sha256,
                "is_certified": d.is_certified,
            }
            for d in documents
        ],
    }


def _nominee_as_submitted(nominee) -> dict:
    report = getattr(nominee, "report", None)
    return {
        "uid": str(nominee.uid),
        "kind": nominee.kind,
        "name": nominee.name,
        "sex": nominee.sex,
        "birth_date": nominee.birth_date.isoformat() if nominee.birth_date else None,
        "has_identity_number": bool(nominee.identity_index),
        "position": nominee.position,
        "unit": str(nominee.unit.uid),
        "is_the_unit": nominee.is_the_unit,
        "body_kind": nominee.body_kind,
        "tax_number": nominee.tax_number,
        "members": nominee.members,
        "women": nominee.women,
        "achievement": nominee.achievement,
        "report": [report.overview, report.results, report.influence] if report else None,
        "initiatives": [
            [i.name, i.effect, i.recognised_by, i.recognition_number, str(i.recognised_on or "")]
            for i in nominee.initiatives.all()
        ],
    }
