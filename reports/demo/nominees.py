"""Who is put forward in the demo: real and invented units, parts of them, invented people."""

from random import Random

from awards.enums import NomineeKind
from reports.demo.papers import uid
from reports.demo.texts import MARK, TEXTS, person
from units.models import Unit

ACHIEVEMENT_MARK = "(Thành tích minh họa.)"


class Casting:
    """Finds names, each once."""

    def __init__(self):
        self._rng = Random("nominees")
        self._names: set[str] = set()

    def unit(self, unit: Unit) -> dict:
        return self._values(NomineeKind.COLLECTIVE, unit, unit.name) | {"is_the_unit": True}

    def part(self, unit: Unit) -> dict:
        name = f"{self._rng.choice(TEXTS['collective_parts'])}, {unit.name}"
        return self._values(NomineeKind.COLLECTIVE, unit, name)

    def household(self, commune: Unit) -> dict:
        name = self._new(lambda: person(self._rng, "male"))
        values = self._values(NomineeKind.HOUSEHOLD, commune, f"Hộ ông {name}")
        return values | {"position": f"{commune.name} {MARK}"}

    def individual(self, unit: Unit) -> dict:
        sex = self._rng.choice(("male", "female"))
        name = self._new(lambda: person(self._rng, sex))
        position = self._rng.choice(TEXTS["positions"][unit.tier])
        where = unit.name.removesuffix(MARK).strip()
        values = self._values(NomineeKind.INDIVIDUAL, unit, name)
        return values | {"sex": sex, "position": f"{position}, {where} {MARK}"}

    def _values(self, kind, unit, name) -> dict:
        words = self._rng.choice(TEXTS["achievements"][kind])
        return {
            "uid": uid("nominee", unit.code, name),
            "kind": kind,
            "unit": unit,
            "name": name,
            "achievement": f"{words} {ACHIEVEMENT_MARK}",
        }

    def _new(self, invent) -> str:
        name = invent()
        while name in self._names:
            name = invent()
        self._names.add(name)
        return name
