"""Import of the whole register of units from its CSV files, all or nothing."""

from pathlib import Path

from django.db import transaction
from tablib import Dataset

from units.models import Reorganisation
from units.resources.acts import ACTS
from units.resources.rows import (
    BodyResource,
    BodySuccessionResource,
    NewBodyResource,
    NewUnitResource,
    OldUnitResource,
    StubResource,
    SuccessionResource,
)
from units.resources.tables import Fault, RegisterInvalid, read

#: in the order of reading: a row may name units of the files above
FILES = {
    "provincial_bodies_2022.csv": (BodyResource,),
    "units_2020_2025.csv": (OldUnitResource,),
    "units_from_2025_07_01.csv": (NewUnitResource,),
    "reorganisation_2025_bodies.csv": (NewBodyResource, BodySuccessionResource),
    "unit_successors.csv": (StubResource, SuccessionResource),
}


def import_register(folder: Path) -> dict[tuple[str, str], dict[str, int]]:
    """Read the files of `folder` into the register, all or nothing.

    Returns how many rows were new, updated and unchanged, by (file, noun). Raises
    `RegisterInvalid` with everything wrong with the shape of the files, or else with
    every fault of the first file that has one (the files after it name its units).
    """
    tables, faults = {}, []
    for file, kinds in FILES.items():
        try:
            tables[file] = read(folder / file, {c for kind in kinds for c in kind.columns})
        except RegisterInvalid as invalid:
            faults += invalid.faults
    if faults:
        raise RegisterInvalid(faults)

    with transaction.atomic():
        acts = {
            code: Reorganisation.objects.get_or_create(
                code=code, defaults={"title": title, "legal_basis": basis, "effective_on": day}
            )[0]
            for code, (title, basis, day) in ACTS.items()
        }
        return {
            (file, kind._meta.model._meta.verbose_name): totals
            for file, kinds in FILES.items()
            for kind, totals in _import_file(file, kinds, *tables[file], acts)
        }


def _import_file(file, kinds, headers, lines, rows, acts):
    faults, totals = {}, []
    for kind in kinds:
        resource = kind()
        dataset = Dataset(*rows, headers=headers)
        result = resource.import_data(dataset, use_transactions=False, file=file, lines=lines, acts=acts)
        # A line that one reading refused is not held against it twice.
        for fault in _faults(resource, result, file, lines):
            faults.setdefault(fault.line, (kind, []))
            if faults[fault.line][0] is kind:
                faults[fault.line][1].append(fault)
        totals.append((kind, result.totals))
    if faults:
        raise RegisterInvalid([fault for _, (_, found) in sorted(faults.items()) for fault in found])
    return totals


def _faults(resource, result, file, lines) -> list[Fault]:
    for error in [*result.base_errors, *(error for _, errors in result.row_errors() for error in errors)]:
        raise error.error  # not a fault of the file but of the program
    return resource.faults + [
        Fault(file, lines[row.number - 1], resource.fields[name].column_name, message)
        for row in result.invalid_rows
        for name, messages in row.error.message_dict.items()
        for message in messages
    ]
