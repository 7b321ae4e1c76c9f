"""The same processes run with Docker and without: docker-compose.yml and Procfile say one thing."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line)
NAMES = {"migrate": "release", "web": "web", "worker": "worker", "printer": "printer", "beat": "beat"}


def words(command):
    """A command without what only names the place it runs in."""
    command = re.sub(r"^DB_ROLE=\w+ ", "", command)
    return re.sub(r" --(hostname|bind) \S+", "", command)


def image_command():
    (line,) = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    return " ".join(yaml.safe_load(line))


def test_one_command_each():
    ours = {name: service for name, service in COMPOSE.items() if service.get("image") == "laocai-tdkt"}
    assert set(ours) == set(NAMES)
    for name, service in ours.items():
        assert words(service.get("command", image_command())) == words(PROCFILE[NAMES[name]]), name
        role = service["environment"]["DB_ROLE"]
        assert PROCFILE[NAMES[name]].startswith(f"DB_ROLE={role} "), name
