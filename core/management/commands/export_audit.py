import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from core import audit


class Command(BaseCommand):
    help = "Write the sealed chain as JSON lines, for core/audit_chain.py to verify without the portal."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--without-words", action="store_true", help="leave the personal payloads out")

    def handle(self, *, path, without_words, **options):
        with path.open("w", encoding="utf-8") as lines:
            for line in audit.chain():
                if without_words:
                    line.pop("payload", None)
                print(json.dumps(line, cls=DjangoJSONEncoder, ensure_ascii=False), file=lines)
