"""The invented words of the demo (texts.json) and how they are put together; all of it says so."""

import json
from pathlib import Path
from random import Random

TEXTS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))

MARK = "(minh họa)"
CONTENT_MARK = "(Nội dung minh họa.)"
FIGURES_MARK = "(Số liệu và nội dung minh họa.)"


def person(rng: Random, sex: str) -> str:
    """An invented name; the middle name "Mẫu" (sample) says that it is."""
    middle = {"male": "Văn Mẫu", "female": "Thị Mẫu"}[sex]
    return f"{rng.choice(TEXTS['families'])} {middle} {rng.choice(TEXTS['given_names'][sex])}"


def objectives(tier: str, year: int, rng: Random) -> str:
    goal = rng.choice(TEXTS["year_goals"]).format(year=year)
    return f"{TEXTS['objectives'][tier]} {goal} {CONTENT_MARK}"


def narrative(tier: str, rng: Random) -> str:
    return f"{rng.choice(TEXTS['narratives'][tier])} {FIGURES_MARK}"
