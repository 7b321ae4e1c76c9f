from awards.models import Nominee
from awards.workflow import decision, dossier, proposal
from core.models import Event

_SENTENCES = {
    "awards.dossier": {"start": "đã bắt đầu lập hồ sơ"},
    "awards.proposal": {
        "start": "đã bắt đầu lập Tờ trình",
        "gather": "đã đưa đối tượng vào danh sách",
        "drop": "đã đưa một đối tượng ra khỏi danh sách",
    },
    "awards.decision": {"start": "đã lập dự thảo Quyết định"},
    "awards.nominee": {"judge": "đã xét"},
}
for _workflow in (
    dossier.DOSSIER,
    dossier.NOMINEE,
    dossier.FOLLOWING,
    proposal.PROPOSAL,
    proposal.APPROVAL,
    decision.DECISION,
    decision.AWARDING,
):
    _SENTENCES[_workflow.model._meta.label_lower].update(
        {t.action: t.sentence for t in _workflow.transitions.values()}
    )
#: comments written to the unit; every other comment is the desks' own
_TO_THE_UNIT = ("request_supplement", "reject")


def history(case, *, under_embargo=False) -> list[dict]:
    """The case's events as sentences for `components/timeline.html`, newest first.

    Under embargo the acts on single nominees are left out, and the desks' comments with them.
    """
    events = Event.objects.filter(case_uid=case.uid).select_related("payload").order_by("-id")
    if under_embargo:
        events = events.exclude(object_type="awards.nominee")
    events = list(events)
    concerned = {e.object_uid for e in events if e.object_type == "awards.nominee"}
    names = dict(Nominee.objects.filter(uid__in=concerned).values_list("uid", "name")) if concerned else {}
    return [
        _sentence(event, names, with_comment=not under_embargo or event.act in _TO_THE_UNIT)
        for event in events
    ]


def _sentence(event, names, *, with_comment):
    payload = getattr(event, "payload", None)  # may have been erased
    unit = f"({event.acting_unit_name}) " if event.acting_unit_name else ""
    about = ""
    if event.object_type == "awards.nominee":
        about = f": {names.get(event.object_uid, 'đối tượng đã gỡ')}"
        if event.act == "judge" and payload:
            about += {"approved": " – đồng ý", "refused": " – không đồng ý"}[payload.data["judgement"]]
    return {
        "when": event.at,
        "who": event.actor_name,
        "text": f"{unit}{_SENTENCES[event.object_type][event.act]}{about}",
        "comment": payload.comment if payload and with_comment else "",
    }
