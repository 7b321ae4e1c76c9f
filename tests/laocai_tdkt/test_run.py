import socket
from datetime import UTC, datetime

import pytest

from laocai_tdkt import run
from laocai_tdkt.process import StartError

NOW = datetime(2027, 2, 18, 1, 0, tzinfo=UTC)  # 08:00 in Lào Cai


@pytest.fixture
def folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "LOCAL", tmp_path)
    monkeypatch.setattr(run, "LOCK", tmp_path / "demo.lock")


@pytest.mark.parametrize(
    ("wanted", "seconds"),
    [
        ("2027-02-18T09:00", 3600),
        ("2027-02-18", -8 * 3600),
        ("2027-02-18T09:00+00:00", 8 * 3600),
        ("2027-02-20T23:59:59", 2 * 86400 + 16 * 3600 - 1),
    ],
)
def test_demo_clock_is_read_as_vietnams_time(wanted, seconds):
    assert run.clock_shift_seconds(wanted, NOW) == seconds


def test_a_demo_clock_that_is_no_time_is_refused_in_words():
    with pytest.raises(StartError, match=r"DEMO_CLOCK is not a time: 'soon'"):
        run.clock_shift_seconds("soon", NOW)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_in_words(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(StartError, match="PORT is not a port"):
        run.wanted_port()


def test_a_taken_port_is_refused_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"^Port {port} is taken"):
            run.addresses(port)
    assert f"127.0.0.1:{port}" in run.addresses(port)


def test_a_second_demo_says_where_the_first_one_answers(folder_of_its_own):
    with run.the_only_one():
        run.LOCK.write_text("http://localhost:8000")
        with pytest.raises(StartError, match=r"running already: http://localhost:8000$"), run.the_only_one():
            pass


def test_a_demo_that_ended_is_no_obstacle(folder_of_its_own):
    with run.the_only_one():
        pass
    with run.the_only_one():
        pass


def test_trouble_in_a_log_is_told_by_its_last_line():
    log = (
        b'{"levelname": "INFO", "message": "filed"}\n'
        b'{"levelname": "ERROR", "message": "no mail"}\n'
        b"Traceback (most recent call last):\n  File x\n    y = z\nNameError: z\n"
    )
    assert [found.splitlines()[-1] for found in run.TROUBLE.findall(log)] == [
        b'{"levelname": "ERROR", "message": "no mail"}',
        b"NameError: z",
    ]
