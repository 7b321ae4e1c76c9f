"""Every role tries every act, state after state: a success is undone, a refusal changes nothing."""

from contextlib import contextmanager

from django.db import transaction

from awards.models import Award, PublicRecord
from core.models import Document, Event, OutboxMail

OK, NO, GONE, WRONG = "ok", 403, 404, 409


def counts():
    """What a refusal must leave as it was."""
    models = (Event, OutboxMail, Document, Award, PublicRecord)
    return [model.objects.count() for model in models]


@contextmanager
def undone(*objects):
    """What happens here did not happen afterwards; the objects are read again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for obj in objects:
        obj.refresh_from_db()


class Clients(dict):
    """A client of each role of the world, logged in once."""

    def __init__(self, world, enter):
        self.world, self.enter = world, enter

    def __missing__(self, role):
        self[role] = self.enter(getattr(self.world, role))
        return self[role]


def of_state(table, state):
    return {role: answers for (role, of), answers in table.items() if of == state}


def try_all(client, obj, base, actions, targets):
    """POST each action from the same state; each success is rolled back."""
    before, state = counts(), obj.state
    found = []
    for action in actions:
        address, posted = actions[action]
        posted = posted() if callable(posted) else posted
        with undone(obj):
            response = client.get(base) if action == "view" else client.post(base + address, posted)
            obj.refresh_from_db()
            if action == "view":
                found.append(OK if response.status_code == 200 else response.status_code)
            elif response.status_code == 302:
                assert obj.state == targets[action], action
                assert counts()[0] > before[0] or action == "edit", action
                found.append(OK)
            else:
                assert (obj.state, counts()) == (state, before), action
                assert len(response.content) > 500, action  # a page in words, not a bare status
                found.append(response.status_code)
    return tuple(found)
