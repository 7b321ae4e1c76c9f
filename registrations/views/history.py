from core.models import Event


def history(obj, workflow, *, others=None, hidden=()) -> list[dict]:
    """The case's events as sentences for `components/timeline.html`, newest first.

    `others` are sentences for acts that change no state; acts in `hidden` are left out.
    """
    sentences = {t.action: t.sentence for t in workflow.transitions.values()} | (others or {})
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
