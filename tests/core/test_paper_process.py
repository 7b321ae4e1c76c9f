"""The process that reads papers outlives every paper, and its own end is nobody's fault."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.paper_process import BOMB, PROGRAM, Reader
from tests import papers


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "giấy.pdf"
    path.write_bytes(papers.pdf("Ke hoach"))
    return str(path)


@pytest.fixture
def reader():
    with contextlib.closing(Reader()) as reader:
        yield reader


def acting(tmp_path, acts: str) -> Path:
    """A reader whose fork does that to each paper of the kind "office"."""
    program, found = PROGRAM.read_text(), "    kind, _, path = question.decode().partition"
    assert program.count(found) == 1
    copy = tmp_path / "reader.py"
    copy.write_text(program.replace(found, f"    if question.startswith(b'office'): {acts}\n{found}"))
    return copy


def test_one_process_reads_many_papers_at_once(reader, paper):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: reader.read(paper, "pdf"), range(40)))
        processes = set(pool.map(lambda _: reader.process.pid, range(8)))
    assert [one["text"].strip() for one in found] == ["Ke hoach"] * 40
    assert len(processes) == 1


@pytest.mark.parametrize(
    "acts",
    [
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "bytearray(2 * MEMORY)",
        "signal.alarm(1), signal.pause()",
    ],
)
def test_a_paper_that_ends_its_fork_is_a_bomb_and_the_next_is_read(tmp_path, paper, acts):
    with contextlib.closing(Reader(acting(tmp_path, acts))) as reader:
        assert reader.read(paper, "office") == BOMB
        assert reader.read(paper, "pdf")["trouble"] == ""


def test_a_reader_that_was_killed_is_started_anew(reader, paper):
    reader.read(paper, "pdf")
    first = reader.process
    first.kill()
    assert reader.read(paper, "pdf")["trouble"] == ""
    assert reader.process.pid != first.pid


def test_a_reader_killed_while_it_reads_is_asked_again_and_blames_no_paper(tmp_path, paper):
    program = acting(tmp_path, "os.kill(os.getppid(), signal.SIGKILL), os._exit(1)")
    with contextlib.closing(Reader(program)) as reader:
        with pytest.raises(ChildProcessError):
            reader.read(paper, "office")
        assert reader.read(paper, "pdf")["trouble"] == ""


def test_it_is_told_nothing_of_the_environment(reader, paper, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not-to-be-known")
    reader.read(paper, "pdf")
    assert b"SECRET_KEY" not in Path(f"/proc/{reader.process.pid}/environ").read_bytes()


def test_it_ends_with_who_asks(paper):
    """Also when that process is killed and can say nothing."""
    asks = f"""
from core.paper_process import Reader
reader = Reader()
reader.read({paper!r}, "pdf")
print(reader.process.pid, flush=True)
input()
"""
    asker = subprocess.Popen(
        [sys.executable, "-c", asks], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with asker:
        pid = int(asker.stdout.readline())
        os.kill(pid, 0)
        asker.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while time.monotonic() < until and _lives(pid):
        time.sleep(0.05)
    assert not _lives(pid)


def _lives(pid) -> bool:
    """A process that has ended and is waited for by nobody does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
