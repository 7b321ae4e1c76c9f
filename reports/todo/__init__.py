"""What awaits a person: the cards of "Việc cần làm", most pressing first.

Each is a `Todo`; its button leads to the one page where the work is done.
"""

from dataclasses import replace
from datetime import date

from reports.todo import bodies, person
from reports.todo import unit as unit_cards
from reports.todo.card import Todo
from units.enums import Function

STANDING_BODY, COMMENDATION_BODY, ADMINISTRATION, ONESELF = (
    Function.STANDING_BODY.label,
    Function.COMMENDATION_BODY.label,
    "Quản trị cổng",
    "Riêng bạn",
)


def of(user, unit) -> list[Todo]:
    """The cards of this person acting for `unit` (a unit or None)."""
    found = []
    if unit is not None and user.authority.files_for(unit.pk):
        found += _for(unit.name, unit_cards.of_filer(unit, user.lineage))
        found += _for(unit.name, unit_cards.of_head_s_word(unit))
        found += _for(unit.name, unit_cards.of_launch_and_pilots(unit))
        found += _for(unit.name, unit_cards.of_inspected(unit))
    if unit is not None and user.authority.heads(unit.pk):
        found += _for(unit.name, unit_cards.of_head(unit))
    if user.authority.is_standing_body:
        found += _for(STANDING_BODY, bodies.of_standing_body())
    if user.authority.is_commendation_body:
        found += _for(COMMENDATION_BODY, bodies.of_commendation_body(user))
    if user.authority.is_standing_body or user.is_superuser:
        whom = STANDING_BODY if user.authority.is_standing_body else ADMINISTRATION
        found += _for(whom, [*bodies.of_mail(), *bodies.of_missed_jobs()])
    found += _for(ONESELF, [*person.of_team(user), *person.of_named(user), *person.of_invited(user)])
    if user.is_superuser:
        found += _for(ADMINISTRATION, bodies.of_reorganisations())
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or date.max))


def _for(whom: str, todos: list[Todo]) -> list[Todo]:
    return [replace(todo, whom=whom) for todo in todos]
