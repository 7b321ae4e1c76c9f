from itertools import groupby

from awards.models import Nominee
from awards.workflow import appraisal, award, consultation, decision, dossier, exemplar, posting, proposal
from core import clock
from core.models import Event

#: more nominees than this in one sentence are counted, not named
NAMED = 5

_NAMING = {
    "designate": "đã chỉ định người của đơn vị thứ ba",
    "end_designation": "đã thôi chỉ định",
}
_SENTENCES = {
    "awards.dossier": {
        "start": "đã bắt đầu lập hồ sơ",
        "assign": "đã phân công thẩm định",
        "enter_on_paper": "đã bắt đầu nhập hồ sơ từ bản giấy",
        "import_nominees": "đã nhập danh sách đối tượng từ Excel",
        "resolve_certificates": "đã xem các Giấy khen cùng thời gian",
        **_NAMING,
    },
    "awards.consultation": {"ask": "đã lập công văn xin ý kiến"},
    "awards.comment": {"comment": "đã nhận góp ý của người dân"},
    "awards.proposal": {
        "start": "đã bắt đầu lập Tờ trình",
        **_NAMING,
        "gather": "đã đưa đối tượng vào danh sách",
        "drop": "đã đưa một đối tượng ra khỏi danh sách",
        "arrange": "đã sắp xếp lại danh sách",
        "rework": "đã đưa một hồ sơ về thẩm định lại",
        "settle_rules": "chuyển sang quy định của ngày nhận mới",
        "cite_anyway": "đã ghi lý do viện dẫn văn bản không còn hoặc chưa có hiệu lực",
    },
    "awards.decision": {
        "start": "đã lập dự thảo Quyết định",
        "gather": "đã đưa thêm đối tượng vào dự thảo",
        "drop": "đã đưa một đối tượng ra khỏi dự thảo",
        "note_council": "đã ghi biên bản họp Hội đồng",
        "cite_anyway": "đã ghi lý do viện dẫn văn bản không còn hoặc chưa có hiệu lực",
        "enter": "đã vào sổ Bằng khen",
    },
    "awards.award": {
        "draft_correction": "đã lập đính chính",
        "drop_correction": "đã bỏ đính chính đang chờ",
    },
    "awards.certificate": {"hand_out": "đã ghi việc trao", "reprint": "đã ghi lý do in lại"},
    "awards.fundyear": {
        "state_ceiling": "đã ghi mức trần",
        "enter": "đã ghi một dòng sổ",
        "charge_missing": "đã ghi các Quyết định còn thiếu vào sổ",
    },
    "awards.exemplar": {"start": "đã bắt đầu viết bài", "edit": "đã sửa bài"},
    "awards.nominee": {
        "judge": "đã xét,",
        "hold": "đã tạm dừng xét",
        "release": "đã cho xét tiếp",
        "resolve_match": "đã kết luận về khả năng trùng",
        "link": "đã liên kết với tài khoản",
        "write_feedback": "đã viết góp ý",
        "release_feedback": "đã duyệt gửi góp ý",
    },
    "registrations.judgement": {"judge": "đã kết luận theo minh chứng,"},
}
for _workflow in (
    dossier.DOSSIER,
    appraisal.NOMINEE,
    dossier.FOLLOWING,
    consultation.CONSULTATION,
    posting.COMMENT,
    proposal.PROPOSAL,
    proposal.APPROVAL,
    decision.DECISION,
    decision.AWARDING,
    award.AWARD,
    exemplar.EXEMPLAR,
):
    _SENTENCES[_workflow.model._meta.label_lower].update(
        {t.action: t.sentence for t in _workflow.transitions.values()}
    )
#: whose acts the unit does not read before publication
_OF_THE_DESKS = ("registrations.judgement", "awards.nominee", "awards.consultation", "awards.comment")
_NAMING_ACTS = ("assign", *_NAMING)
_JUDGED = {"approved": " đồng ý", "refused": " không đồng ý"}
#: comments written to the unit; every other comment is the desks' own
_TO_THE_UNIT = ("request_supplement", "reject")


def history(case, *, under_embargo=False, only=None) -> list[dict]:
    """The case's events as sentences for `components/timeline.html`, newest first.

    Under embargo the acts of the desks among themselves are left out, and their comments with them.
    `only` narrows to what happened to one thing of the case.
    """
    events = Event.objects.filter(case_uid=case.uid).select_related("payload").order_by("-id")
    if only is not None:
        events = events.filter(object_uid=only.uid)
    if under_embargo:
        events = events.exclude(object_type__in=_OF_THE_DESKS).exclude(act__in=_NAMING_ACTS)
    events = list(events)
    concerned = {e.object_uid for e in events if e.object_type == "awards.nominee"}
    names = dict(Nominee.objects.filter(uid__in=concerned).values_list("uid", "name")) if concerned else {}
    sentences = []
    for _, group in groupby(events, key=_likeness):
        group = list(group)
        shows_comment = not under_embargo or group[0].act in _TO_THE_UNIT
        sentences.append(_sentence(group, names, with_comment=shows_comment))
    return sentences


def _likeness(event):
    """Events of equal likeness that follow each other are told as one: a list judged in one go.

    None of them has a comment, for each comment is told with its own event.
    """
    if event.object_type != "awards.nominee" or _comment(event):
        return event.pk
    judgement = _data(event).get("judgement", "")
    return event.act, event.actor_id, clock.local_date(event.at), judgement


def _sentence(events, names, *, with_comment):
    event = events[0]
    unit = f"({event.acting_unit_name}) " if event.acting_unit_name else ""
    about = ""
    if event.object_type == "awards.nominee":
        told = [names.get(e.object_uid, "đối tượng đã gỡ") for e in reversed(events)]
        listed = ", ".join(told) if len(told) <= NAMED else f"{len(told)} đối tượng"
        about = f"{_JUDGED.get(_data(event).get('judgement'), '')}: {listed}"
    elif event.object_type == "registrations.judgement":
        data = _data(event)
        about = f" {data.get('criterion', '')}: {'đạt' if data.get('is_met') else 'chưa đạt'}"
        about += f", {data['name']}" if data.get("name") else ""
    return {
        "when": event.at,
        "who": event.actor_name,
        "text": f"{unit}{_SENTENCES[event.object_type][event.act]}{about}",
        "comment": _comment(event) if with_comment else "",
    }


def _comment(event) -> str:
    payload = getattr(event, "payload", None)  # may have been erased
    return payload.comment if payload else ""


def _data(event) -> dict:
    payload = getattr(event, "payload", None)
    return payload.data if payload else {}
