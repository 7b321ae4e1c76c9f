import rules

from units.rules import is_administrator, is_staff_body

for model in ("criteriaset", "criterion"):
    rules.add_perm(f"criteria.view_{model}", is_administrator | is_staff_body)
