from units.resources.acts import BEGINNING, BODIES_2025, COMMUNES_2024, COMMUNES_2025
from units.resources.register import import_register
from units.resources.tables import Fault, RegisterInvalid

__all__ = [
    "BEGINNING",
    "BODIES_2025",
    "COMMUNES_2024",
    "COMMUNES_2025",
    "Fault",
    "RegisterInvalid",
    "import_register",
]
