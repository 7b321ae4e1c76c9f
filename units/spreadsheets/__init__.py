from units.spreadsheets.people import PeopleIntake
from units.spreadsheets.units import UnitsIntake

__all__ = ["PeopleIntake", "UnitsIntake"]
