from core.models import Event

#: what befalls a paper without changing its state
BEFALLS = {"lift_late": "đã bỏ dấu nộp muộn vì hạn cuối được dời"}


def history(obj, workflow, *, others=None, hidden=()) -> list[dict]:
    """The case's events as sentences for `components/timeline.html`, newest first.

    `others` are sentences for acts that change no state; acts in `hidden` are left out.
    """
    sentences = {t.action: t.sentence for t in workflow.transitions.values()} | BEFALLS | (others or {})
    events = Event.objects.filter(case_uid=obj.uid).exclude(act__in=hidden).select_related("payload")
    return [_sentence(event, sentences) for event in events.order_by("-id")]


def _sentence(event, sentences):
    unit = f"thay mặt {event.acting_unit_name} " if event.acting_unit_name else ""
    payload = getattr(event, "payload", None)  # may have been erased
    data = payload.data if payload else {}
    about = f" {data['criterion']}" if "criterion" in data else ""
    return {
        "when": event.at,
        "who": event.actor_name,
        "text": f"{unit}{sentences[event.act]}{about}",
        "comment": payload.comment if payload else "",
    }


def changes_of(obj, sentences) -> list[dict]:
    """The events of what is run by settings, not by states, with what changed in words."""
    events = Event.objects.filter(case_uid=obj.uid).select_related("payload").order_by("-id")
    return [_with_changes(event, sentences) for event in events]


def _with_changes(event, sentences):
    sentence = _sentence(event, sentences)
    payload = getattr(event, "payload", None)
    data = payload.data if payload else {}
    changes = [f"{c['label']}: {c['before']} → {c['after']}" for c in data.get("changes", [])]
    if event.before or event.after:
        changes.append(f"hạn cuối {event.before} → {event.after}")
    if "new" in data and event.act == "oblige":
        changes.append(f"{data['new']} việc")
    text = f"{sentence['text']}: {'; '.join(changes)}" if changes else sentence["text"]
    return sentence | {"text": text}
