"""What is public as flat tables, the same for the files of the API and of the open data: headings are
the names of the API, one step deeper after an underscore; instants and days are text as in JSON."""

from core.spreadsheets.listing import Column, Listing


def _at(path: str) -> Column:
    steps = path.split(".")

    def value(row):
        for step in steps:
            row = row[step]
        return row

    return Column("_".join(steps), value, 24)


_STANDING = tuple(map(_at, ("state", "published_at", "updated_at")))
RESULTS = Listing(
    "results",
    "Kết quả khen thưởng",
    (
        *map(
            _at,
            (
                "reference",
                "name",
                "title",
                "position",
                "nominee_kind",
                "unit.id",
                "unit.code",
                "unit.name",
                "unit.kind",
                "proposed_by.id",
                "proposed_by.name",
                "award.code",
                "award.name",
                "decision.number",
                "decision.date",
                "campaign",
                "year",
            ),
        ),
        *_STANDING,
    ),
)
DECISIONS = Listing(
    "decisions",
    "Quyết định khen thưởng",
    (
        *map(
            _at,
            (
                "id",
                "number",
                "date",
                "title",
                "authority",
                "signer",
                "award.code",
                "award.name",
                "campaign",
                "year",
                "counts.collective",
                "counts.household",
                "counts.individual",
            ),
        ),
        *_STANDING,
    ),
)
STATISTICS = Listing(
    "statistics",
    "Số khen thưởng đã công bố",
    tuple(map(_at, ("year", "award.code", "award.name", "nominee_kind", "state", "number"))),
)
PROGRESS = Listing(
    "progress",
    "Tiến độ phong trào",
    (
        *map(_at, ("id", "campaign", "year", "as_of", "tier", "criterion", "measure", "number")),
        *_STANDING,
    ),
)


def tidy(progress: dict):
    """One published state of progress as rows with one number each."""
    shared = {name: progress[name] for name in ("id", "campaign", "year", "as_of", "state")}
    shared |= {name: progress[name] for name in ("published_at", "updated_at")}
    for tier in progress["tiers"]:
        for measure in ("required", "filed", "on_time", "confirmed"):
            yield shared | {
                "tier": tier["tier"],
                "criterion": "",
                "measure": measure,
                "number": tier[measure],
            }
    for line in progress["criteria"]:
        for measure in ("measured", "met"):
            yield shared | {
                "tier": line["tier"],
                "criterion": line["code"],
                "measure": measure,
                "number": line[measure],
            }
