from pathlib import Path

import pypdfium2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.documents import Document, render_pdf
from reports.demo.printed import printed

#: the first pages, and the last one, where the signature stands
SHOWN = 2


class Command(BaseCommand):
    help = "Render every document from the rows of the demo and keep pictures of its pages in docs/documents."

    def add_arguments(self, parser):
        parser.add_argument("kinds", nargs="*", help="only these")
        parser.add_argument("--scale", type=float, default=1.2, help="1 is 72 dots per inch")
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR / "docs" / "documents")

    def handle(self, *, kinds, scale, into, **options):
        if not settings.DEMO_MODE:
            raise CommandError("Pictures are taken of invented people only: run this on the demo.")
        into.mkdir(parents=True, exist_ok=True)
        for kind, document in printed():
            if not kinds or kind in kinds:
                pages = _take(document, into, kind, scale)
                self.stdout.write(f"{kind}\t{pages}\t{document.title}")


def _take(document: Document, into: Path, kind: str, scale: float) -> int:
    pdf = pypdfium2.PdfDocument(render_pdf(document).pdf)
    last = len(pdf) - 1
    for number in sorted({*range(min(SHOWN, len(pdf))), last}):
        page = pdf[number].render(scale=scale, grayscale=True).to_pil()
        # Sixteen greys are enough for black letters, and keep a page under 60 kB.
        page.quantize(16).save(into / f"{kind}-{number + 1}.png", optimize=True)
    return len(pdf)
