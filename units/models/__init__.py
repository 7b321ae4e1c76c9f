from units.models.membership import Membership
from units.models.succession import Reorganisation, UnitSuccession
from units.models.unit import Unit, UnitFunction
from units.models.user import User

__all__ = ["Membership", "Reorganisation", "Unit", "UnitFunction", "UnitSuccession", "User"]
