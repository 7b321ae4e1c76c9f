import contextlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from laocai_tdkt import embedded
from laocai_tdkt.process import Process, command_of, is_alive, wait_until


@pytest.fixture
def no_servers_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")


@pytest.fixture
def own_servers(no_servers_named):
    """A function that makes servers on one data folder, so that a test can start them anew."""
    folder = embedded.home() / f"test-{os.getpid()}" / "own"
    made = []

    def make():
        made.append(embedded.Servers(folder, folder, is_throwaway=False))
        return made[-1]

    yield make
    for servers in made:
        servers.stop()
        servers.wipe()
    with contextlib.suppress(OSError):  # not empty when this process runs the suite's servers too
        folder.parent.rmdir()


def query(url, text):
    connection = psycopg.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def state_of(*paths):
    return [(path, path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in map(Path, paths)]


def test_servers_run_apart_from_root_and_leave_the_machine_as_it_was(own_servers):
    above = ["/", "/var", "/var/lib", *embedded.PROJECT.parents, embedded.PROJECT, sys.prefix]
    before = state_of(*above), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()

    servers = own_servers()
    servers.start()

    owner = embedded.account().pw_uid if embedded.account() else os.geteuid()
    assert [os.stat(f"/proc/{process.pid}").st_uid for process in servers.processes] == [owner, owner]
    assert (state_of(*above), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()) == before


def test_passwords_are_kept_from_others(own_servers):
    servers = own_servers()
    servers.start()
    for server in servers.by_variable.values():
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((server.folder / "password").stat().st_mode) == 0o600
        assert server.password not in command_of(server.process.pid)


def test_a_wrong_password_opens_neither_server(own_servers):
    addresses = own_servers().start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        query(addresses["DATABASE_URL"].replace("tdkt:", "tdkt:x"), "SELECT 1")
    wrong = addresses["REDIS_URL"].replace("//:", "//:x")
    with redis.Redis.from_url(wrong) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_the_database_knows_vietnamese_letters_and_the_portal_is_no_superuser(own_servers):
    url = own_servers().start()["DATABASE_URL"]
    query(url, "CREATE EXTENSION pg_trgm")
    query(url, "CREATE EXTENSION btree_gist")
    assert query(url, "SELECT upper('đặng thị ước'), show_trgm('đ') = show_trgm('')") == [
        ("ĐẶNG THỊ ƯỚC", False)
    ]
    assert query(url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
        (False, True)
    ]


def test_what_was_written_outlives_servers_that_were_killed(own_servers):
    first = own_servers()
    url = first.start()["DATABASE_URL"]
    query(url, "CREATE TABLE kept AS SELECT 7 AS number")
    for process in first.processes:
        os.kill(process.pid, signal.SIGKILL)

    assert query(own_servers().start()["DATABASE_URL"], "SELECT number FROM kept") == [(7,)]


def test_a_process_number_that_now_belongs_to_another_program_is_no_obstacle(own_servers):
    first = own_servers()
    first.start()
    first.stop()
    postgres = first.by_variable["DATABASE_URL"]
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        lines = [stranger.pid, postgres.data, 1, 5432, "", "127.0.0.1", "0 0", "ready"]
        postgres.pid_file.write_text("\n".join(map(str, lines)))
        postgres.give(postgres.pid_file, 0o600)

        assert query(own_servers().start()["DATABASE_URL"], "SELECT 1") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_servers_of_an_earlier_run_are_stopped_before_new_ones_start(own_servers):
    forgotten = own_servers()
    forgotten.start()

    own_servers().start()

    assert [process.is_running for process in forgotten.processes] == [False, False]


def test_a_first_start_that_was_cut_short_is_begun_anew(own_servers):
    servers = own_servers()
    data = servers.by_variable["DATABASE_URL"].data
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")

    assert query(servers.start()["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_servers_that_the_environment_names_are_used_instead(monkeypatch, no_servers_named):
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    servers = embedded.Servers(Path("/nowhere"), Path("/nowhere"), is_throwaway=False)
    assert list(servers.by_variable) == ["DATABASE_URL"]


def test_throwaway_data_are_wiped_on_stopping(no_servers_named):
    folder = embedded.home() / f"test-{os.getpid()}" / "throwaway"
    servers = embedded.Servers(folder, folder, is_throwaway=True)
    servers.start()
    assert folder.exists()
    servers.stop()
    assert not folder.exists()


def test_stopping_ends_what_the_process_started_too(tmp_path):
    pid_file = tmp_path / "pid"
    process = Process("parent", ["sh", "-c", f"sleep 60 & echo $! > {pid_file}; wait"], log=tmp_path / "log")
    process.start()
    assert wait_until(lambda: pid_file.exists() and pid_file.read_text().strip(), 10)

    assert process.stop() is True
    assert wait_until(lambda: not command_of(int(pid_file.read_text())), 10)


def test_a_process_that_will_not_stop_is_killed_when_its_time_is_up(tmp_path):
    ready = tmp_path / "ready"
    stubborn = ["sh", "-c", f"trap '' TERM; touch {ready}; while true; do sleep 0.1; done"]
    process = Process("stubborn", stubborn, log=tmp_path / "log", patience=0.3)
    process.start()
    assert wait_until(ready.exists, 10)

    assert process.stop() is False
    assert process.exit_code == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a child die with its parent")
def test_a_killed_parent_takes_its_children_along(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from laocai_tdkt.process import Process\n"
        "child = Process('child', ['sleep', '60'], log=Path(sys.argv[1]))\n"
        "child.start(); print(child.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=embedded.PROJECT) as parent:
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    assert wait_until(lambda: not command_of(child), 10)
