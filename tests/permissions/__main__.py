"""Prints `docs/permissions.md` again from the table; `found` first takes over what the last proof found."""

import os
import sys
from pathlib import Path

import django

from tests.permissions import FOUND, TABLE, addresses, as_page, cells_of, read, write

if sys.argv[1:] == ["found"]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_tdkt.settings.demo")
    django.setup()
    cells = cells_of(read(TABLE.read_text()))
    for path in sorted(FOUND.glob("*.txt")):
        cells |= cells_of(read(path.read_text()))
    place = {address.name: at for at, address in enumerate(addresses())}
    kept = sorted((key for key in cells if key[0] in place), key=lambda key: place[key[0]])
    TABLE.write_text(write({key: cells[key] for key in kept}))
Path("docs/permissions.md").write_text(as_page(TABLE.read_text()))
