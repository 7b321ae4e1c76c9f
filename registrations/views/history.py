from core.models import Event

#: what befalls a paper without changing its state
BEFALLS = {"lift_late": "đã bỏ dấu nộp muộn vì hạn cuối được dời"}


def history(obj, workflow, *, others=None, hidden=()) -> list[dict]:
    """The case's events as sentences for `components/timeline.html`, newest first.

    `others` are sentences for acts that change no state; acts in `hidden` are left out.
    """
    sentences = {t.action: t.sentence for t in workflow.transitions.values()} | BEFALLS | (others or {})
    events = Event.objects.filter(case_uid=obj.uid).exclude(act__in=hidden).select_related("payload")
    return [_told(event, sentences) for event in events.order_by("-id")]


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
    """The events of what is run by settings, not by states, with what changed in words. Apps above may
    act on it too: what has no sentence here is told on their pages, and must not break this one."""
    events = Event.objects.filter(case_uid=obj.uid, act__in=sentences).select_related("payload")
    events = events.order_by("-id")
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


def told(case, sentences, *, about=None) -> list[dict]:
    """The events of a case of several kinds of rows, newest first.

    `sentences` holds, by label of the model, the sentence of each act; `about` limits them to
    the rows of these uids. Whom or what an act concerned follows the sentence, where it was noted.
    """
    events = Event.objects.filter(case_uid=case.uid).select_related("payload").order_by("-id")
    if about is not None:
        events = events.filter(object_uid__in=about)
    return [_told(event, sentences[event.object_type]) for event in events]


def _told(event, sentences):
    payload = getattr(event, "payload", None)
    name = payload.data.get("name", "") if payload else ""
    sentence = _sentence(event, sentences)
    return sentence | {"text": f"{sentence['text']} {name}".strip()}
