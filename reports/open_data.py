"""The public side as files anyone may take: CSV, JSON Lines, their schema, sums and licence.

Made from the history of `PublicRecord`, so those of any past day can be made again, byte for byte.
"""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils.timezone import get_current_timezone
from drf_spectacular.generators import SchemaGenerator

from awards.models import PublicRecord
from core import clock
from core.spreadsheets.listing import Listing, write_csv
from reports import datasets
from reports.models import OpenDataRelease

#: changes with what the files look like, so that those of an older form are not taken for the same
FORM = 1
FOLDER = "du-lieu-mo"
SUMS = "SHA256SUMS"
LICENCE = """Giấy phép: Creative Commons Ghi công 4.0 Quốc tế (CC BY 4.0)
https://creativecommons.org/licenses/by/4.0/deed.vi

Được tự do sao chép, chia sẻ, khai thác, kể cả cho mục đích thương mại, với điều kiện ghi nguồn:
“Cổng thi đua chuyển đổi số tỉnh Lào Cai” và ngày của bộ dữ liệu.

Dữ liệu là nội dung các Quyết định đã công bố. Kết quả có trạng thái “revoked” đã bị hủy bỏ, kết quả
“corrected” đã được đính chính: người dùng lại có trách nhiệm giữ đúng trạng thái này. Không được dùng
dữ liệu để xâm phạm quyền, lợi ích hợp pháp của người có tên trong đó.
"""
README = """Dữ liệu mở của phong trào thi đua chuyển đổi số tỉnh Lào Cai

results     kết quả khen thưởng: mỗi dòng một tập thể, hộ gia đình hoặc cá nhân, theo lời mới nhất
decisions   Quyết định khen thưởng
progress    tiến độ phong trào do cơ quan thường trực công bố (CSV: mỗi dòng một con số)

*.csv          UTF-8 có dấu BOM, phân cách bằng dấu phẩy. Ô chữ bắt đầu bằng = + - @ có thêm dấu nháy đơn
               ở đầu để phần mềm bảng tính không coi là công thức; đọc bằng chương trình thì dùng JSON Lines.
*.jsonl        mỗi dòng một đối tượng JSON, đúng như API v1 trả lời
*.schema.json  JSON Schema (2020-12) của mỗi dòng JSON Lines
SHA256SUMS     mã băm của các tệp: sha256sum -c SHA256SUMS

state: valid còn hiệu lực, corrected đã đính chính, revoked đã hủy bỏ. Thời điểm ghi theo giờ UTC.
Chỉ có những gì đã công bố hết ngày của bộ dữ liệu.
"""


@dataclass(frozen=True)
class Dataset:
    name: str
    kind: str
    title: str
    listing: Listing
    component: str

    def rows(self, answer: dict):
        return datasets.tidy(answer) if self.kind == "progress" else [answer]


DATASETS = (
    Dataset("results", "award", "Kết quả khen thưởng", datasets.RESULTS, "Result"),
    Dataset("decisions", "decision", "Quyết định khen thưởng", datasets.DECISIONS, "Decision"),
    Dataset("progress", "progress", "Tiến độ phong trào", datasets.PROGRESS, "Progress"),
)


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=get_current_timezone())


def contents(day: date) -> Iterator[tuple[str, bytes]]:
    """Every file of that day by its name, the sums last."""
    sums = []
    for name, content in _files(day):
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        yield name, content
    yield SUMS, "".join(sums).encode()


def _files(day):
    schemas = _schemas()
    for dataset in DATASETS:
        then = PublicRecord.objects.as_of(end_of(day)).filter(kind=dataset.kind).order_by("place")
        answers = list(then.values_list("answer", flat=True))
        table = io.BytesIO()
        rows = (row for answer in answers for row in dataset.rows(json.loads(answer)))
        write_csv(table, dataset.listing, dataset.listing.values_of(rows), delimiter=",")
        yield f"{dataset.name}.csv", table.getvalue()
        yield f"{dataset.name}.jsonl", "".join(f"{answer}\n" for answer in answers).encode()
        yield f"{dataset.name}.schema.json", _schema(schemas, dataset)
    yield "README.txt", README.encode()
    yield "LICENCE.txt", LICENCE.encode()


def _schemas() -> dict:
    described = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    return json.loads(json.dumps(described).replace("#/components/schemas/", "#/$defs/"))


def _schema(schemas, dataset) -> bytes:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": dataset.title,
        "$ref": f"#/$defs/{dataset.component}",
        "$defs": _used(schemas, dataset.component),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _used(schemas, name) -> dict:
    """The schema and all it refers to."""
    found, waiting = {}, [name]
    while waiting:
        name = waiting.pop()
        found[name] = schemas[name]
        text = json.dumps(schemas[name])
        waiting += [other for other in schemas if f'"#/$defs/{other}"' in text and other not in found]
    return found


def release_of(day: date) -> OpenDataRelease | None:
    """What serves that day: the release of the last day on which something was published."""
    return OpenDataRelease.objects.filter(day__lte=day).first() if day < clock.today() else None


def path_of(release: OpenDataRelease, name: str) -> str:
    return f"{FOLDER}/{FORM}-{release.sequence}/{name}"


def release_missing() -> list[OpenDataRelease]:
    """Make a release for every past day on which something was published and that has none."""
    local_day = TruncDate("updated_at", tzinfo=get_current_timezone())
    days = PublicRecord.objects.annotate(day=local_day).values("day").annotate(last=Max("sequence"))
    known = set(OpenDataRelease.objects.values_list("day", flat=True))
    return [
        _release(row["day"], row["last"])
        for row in days.filter(day__lt=clock.today()).order_by("day")
        if row["day"] not in known
    ]


def _release(day, sequence) -> OpenDataRelease:
    with transaction.atomic():
        release = OpenDataRelease(day=day, sequence=sequence, files=[], made_at=clock.now())
        for name, content in contents(day):
            path = path_of(release, name)
            # A run that broke off may have left a part of it.
            default_storage.delete(path)
            default_storage.save(path, ContentFile(content))
            sha256 = hashlib.sha256(content).hexdigest()
            release.files.append({"name": name, "size": len(content), "sha256": sha256})
        release.save()
    return release
