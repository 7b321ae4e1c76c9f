from dataclasses import dataclass

from django.db.models import Q

from registrations.board import in_district
from units.enums import KINDS_OF_TIER


@dataclass(frozen=True)
class Part:
    """Of which units a dashboard tells, as it stands in its address and in those of its numbers: of a tier,
    of a district with the units below it, or of all."""

    tier: str = ""
    district: str = ""

    @property
    def asked(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}

    def of(self, unit: str = "unit") -> Q:
        """The condition on rows that name their unit by that path."""
        found = Q(**{f"{unit}__kind__in": KINDS_OF_TIER[self.tier]}) if self.tier else Q()
        return found & in_district(self.district, unit) if self.district else found


ALL = Part()
