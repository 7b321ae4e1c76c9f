"""Public lists and the API read prepared rows in a stored order, and never count."""

import json
from collections import Counter
from datetime import UTC

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import F, Q

FIELDS = {
    "award": (
        "reference",
        "name",
        "title",
        "position",
        "nominee_kind",
        "unit",
        "proposed_by",
        "award",
        "campaign",
        "year",
    ),
    "decision": ("title", "authority", "signer", "award", "campaign", "year", "counts"),
}


def prepare(apps, schema_editor):
    records = apps.get_model("awards", "PublicRecord").objects
    counts = apps.get_model("awards", "PublicCount").objects
    batches, places, number = {}, {}, Counter()
    for sequence, at in records.order_by("sequence").values_list("sequence", "published_at"):
        first, _ = batches.get(at, (sequence, sequence))
        batches[at] = (first, sequence)
    for record in records.order_by("sequence"):
        first, end = batches[record.published_at]
        record.place = places.setdefault(record.uid, record.sequence - first - end)
        shown = {name: record.payload[name] for name in FIELDS[record.kind]}
        decision = record.payload["decision"]
        if record.kind == "award":
            shown["decision"] = {"number": decision["number"], "date": decision["date"]}
        else:
            shown = decision | shown
        shown["state"] = record.state
        shown["published_at"] = record.published_at.astimezone(UTC).isoformat()
        shown["updated_at"] = record.updated_at.astimezone(UTC).isoformat()
        record.answer = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        record.save(update_fields=["place", "answer"])
        if record.is_latest:
            number[(record.kind, record.year, record.award_code, record.nominee_kind, record.state)] += 1
    for (kind, year, award_code, nominee_kind, state), how_many in number.items():
        counts.create(
            kind=kind,
            year=year,
            award_code=award_code,
            nominee_kind=nominee_kind,
            state=state,
            number=how_many,
        )


class Migration(migrations.Migration):
    dependencies = [("awards", "0008_dossier_grows")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="PublicCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("year", models.PositiveSmallIntegerField()),
                ("award_code", models.CharField(blank=True, max_length=20)),
                ("nominee_kind", models.CharField(blank=True, max_length=12)),
                ("state", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "số bản ghi công khai",
                "verbose_name_plural": "số bản ghi công khai",
                "ordering": ("kind", "year", "award_code", "nominee_kind", "state"),
            },
        ),
        migrations.AddConstraint(
            model_name="publiccount",
            constraint=models.UniqueConstraint(
                fields=("kind", "year", "award_code", "nominee_kind", "state"),
                name="public_count_is_one_per_sort",
            ),
        ),
        migrations.AddField(
            model_name="publicrecord",
            name="place",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicrecord",
            name="answer",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="publicrecord",
            name="award_code",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="publicrecord", name="decision_uid", field=models.UUIDField(null=True)
        ),
        migrations.AlterField(
            model_name="publicrecord",
            name="kind",
            field=models.CharField(
                choices=[("award", "Khen thưởng"), ("decision", "Quyết định"), ("progress", "Tiến độ")],
                max_length=10,
            ),
        ),
        migrations.RunPython(prepare, migrations.RunPython.noop),
        # What was checked when rows were written must be settled before the table changes again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="publicrecord",
            constraint=models.CheckConstraint(
                condition=Q(kind="progress") | ~Q(award_code="") & Q(decision_uid__isnull=False),
                name="public_award_names_its_decision",
            ),
        ),
        *(
            migrations.AddIndex(model_name="publicrecord", index=index)
            for index in (
                models.Index(fields=["kind", "place"], condition=Q(is_latest=True), name="public_place"),
                models.Index(
                    fields=["kind", "year", "place"], condition=Q(is_latest=True), name="public_year"
                ),
                models.Index(fields=["unit_uid", "place"], condition=Q(is_latest=True), name="public_unit"),
                models.Index(fields=["uid", "-sequence"], name="public_history"),
                models.Index(fields=["updated_at"], name="public_updated"),
                GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="public_search"),
            )
        ),
    ]
