"""Makes a table's rows many: copies of one row with what belongs to it, made by the database alone.

A copy differs from its model only in what must be unique and in what someone is known by. What belongs to a
row are the rows that point at it. Where nothing of a row can be unique (one report of a unit in a period),
the unit or whatever else is named there is copied with it. Triggers sleep meanwhile, no workflow is asked.
"""

import re

from django.apps import apps
from django.db import connection, models

#: copies have keys of their own, far from those of other rows
APART = 10**9
#: how many rows of one table that belong to a row are copied with it
OF_EACH = 2
#: what rows share, and what tells of them
SHARED = {"admin.LogEntry", "core.AccessLog", "core.Event", "core.File", "units.Unit", "units.User"}
#: by what the portal says that two are the same one
KNOWN_BY = ("search_name", "identity_index", "tax_number")
#: what is rather copied along than what else is named beside it
RATHER = ("Unit", "User", "Obligation", "Nominee", "Dossier", "File")


class Alike(Exception):
    """Nothing can part two copies."""


class Copies:
    """Copies of one row, `rather` with rows of that model copied along."""

    def __init__(self, row: models.Model, rather: str = ""):
        self.model = type(row)
        self.rows: dict[type, list] = {}
        self.rather = (rather, *RATHER)
        self._take(self.model, [row.pk])
        #: for each model, SQL of the columns that part its copies
        self.parted: dict[type, dict[str, str]] = {}
        while (before := self._count()) >= 0:
            self.parted = {model: dict(self._to_part(model)) for model in list(self.rows)}
            if before == self._count():
                break

    def _count(self):
        return sum(map(len, self.rows.values()))

    def _take(self, model, keys):
        known = self.rows.setdefault(model, [])
        new = [key for key in keys if key not in known]
        known += new
        for relation in model._meta.related_objects if new else ():
            below = relation.related_model
            if isinstance(relation.field, models.ForeignKey) and below._meta.label not in SHARED:
                found = below._base_manager.filter(**{f"{relation.field.name}__in": new}).order_by("pk")
                self._take(below, list(found.values_list("pk", flat=True)[:OF_EACH]))

    def _to_part(self, model):
        """For each constraint that copies would break, the column that parts them; or else one more model."""
        by_column = {field.column: field for field in model._meta.concrete_fields}
        yield from ((f.column, _another(f)) for f in by_column.values() if f.name in KNOWN_BY)
        constraints = [*_unique(model), *((name,) for name in by_column if name == "subject_id")]
        for columns in constraints if self.rows[model] else ():
            fields = [by_column[column] for column in columns]
            named = {f: self._named(model, f) for f in fields if f.is_relation and not f.primary_key}
            if any(field.primary_key for field in fields) or any(
                set(keys) <= set(self.rows.get(field.related_model, ())) for field, keys in named.items()
            ):
                continue
            if {"valid_from", "valid_to"} <= set(columns):
                yield from dict.fromkeys(
                    ("valid_from", "valid_to"), _another(by_column["valid_from"])
                ).items()
                continue
            values = [field for field in fields if not field.is_relation and _another(field)]
            if values:
                chosen = min(values, key=lambda field: not isinstance(field, models.UUIDField))
                yield chosen.column, _another(chosen)
            elif named:
                above = min(named, key=self._how_rather)
                known = self.rows.setdefault(above.related_model, [])
                known += [key for key in named[above] if key not in known]
            elif model is self.model:
                raise Alike(f"{model.__name__}: {', '.join(columns)}")
            else:
                self.rows[model] = []
                return

    def _how_rather(self, field):
        name = field.related_model.__name__
        return self.rather.index(name) if name in self.rather else len(self.rather)

    def _named(self, model, field) -> list:
        """What the rows name by that field; who names nothing is never alike."""
        rows = model._base_manager.filter(pk__in=self.rows[model], **{f"{field.name}__isnull": False})
        return list(rows.order_by().values_list(field.attname, flat=True).distinct())

    def make(self, first: int, last: int) -> None:
        """The copies with those numbers."""
        with connection.cursor() as cursor:
            for model, keys in self.rows.items():
                if keys:
                    cursor.execute(self._insert(model), [first, last, keys])

    def _insert(self, model) -> str:
        columns = {field.column: self._value(field) for field in model._meta.concrete_fields}
        columns |= self.parted[model]
        table = connection.ops.quote_name(model._meta.db_table)
        names = ", ".join(f'"{name}"' for name in columns)
        key = model._meta.pk.column
        return (
            f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {table} t,"
            f' generate_series(%s::bigint, %s::bigint) AS k WHERE t."{key}" = ANY(%s)'
        )

    def _value(self, field) -> str:
        column = f't."{field.column}"'
        moved = f"{column} + k * {APART}"
        if field.is_relation and self.rows.get(field.related_model):
            keys = ", ".join(f"'{key}'" for key in self.rows[field.related_model])
            return f"CASE WHEN {column} IN ({keys}) THEN {moved} ELSE {column} END"
        return moved if field.primary_key and isinstance(field, models.IntegerField) else column


def _unique(model) -> list[tuple[str, ...]]:
    """The columns of each constraint by which rows of the table may not be alike."""
    columns = {field.column for field in model._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass"
            " AND (indisunique OR indisexclusion) ORDER BY 1",
            [model._meta.db_table],
        )
        definitions = [row[0].partition(" USING ")[2].partition(" WHERE ")[0] for row in cursor.fetchall()]
    return [tuple(sorted(columns & set(re.findall(r"\w+", text)))) for text in definitions]


def _another(field) -> str:
    """SQL of a value that is the copy's own, or nothing where there is no such value."""
    column = f't."{field.column}"'
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    table = connection.ops.quote_name(field.model._meta.db_table)
    if type(field) is models.DateField:
        return f'(SELECT min(m."{field.column}") FROM {table} m) - k::int'
    if isinstance(field, models.IntegerField):
        # What is copied together differs in the last digit.
        return f'(SELECT max(m."{field.column}") FROM {table} m) + 10 * k + mod({column}, 10)'
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        digits = rf"substring({column} from '\d{{5,}}$')"
        most = field.max_length or 10**6
        return (
            f"CASE WHEN {column} = '' THEN ''"
            f" WHEN {column} ~ '^[0-9a-f]{{64}}$' THEN encode(sha256(({column} || k)::bytea), 'hex')"
            f" WHEN {digits} IS NOT NULL THEN left({column}, length({column}) - length({digits}))"
            f" || (8 * 10 ^ (length({digits}) - 1) + 10 * k)::bigint + right({column}, 1)::int"
            f" ELSE left({column}, {most} - 1 - length(k::text)) || '-' || k END"
        )
    return ""


def let_triggers_sleep() -> None:
    """Until the transaction is rolled back; foreign keys are looked at when one ends, which none does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
