"""Word documents as LibreOffice prints them, with our font in the place of Times New Roman."""

import os
import subprocess
from pathlib import Path

from django.conf import settings

PATIENCE = 120
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same">
    <family>Times New Roman</family>
    <prefer><family>Tinos</family></prefer>
  </alias>
</fontconfig>
"""


def printed(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDF that LibreOffice makes of each Word document, by the same names."""
    fonts = settings.BASE_DIR / "core" / "fonts"
    (folder / "fonts.conf").write_text(FONTCONFIG.format(fonts=fonts, cache=folder / "fonts"), "utf-8")
    sources = []
    for number, content in enumerate(documents.values()):
        sources.append(folder / f"{number}.docx")
        sources[-1].write_bytes(content)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", folder / "printed", *sources),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    pages = [(folder / "printed" / source.with_suffix(".pdf").name).read_bytes() for source in sources]
    return dict(zip(documents, pages, strict=True))
