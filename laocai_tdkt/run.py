"""Run the whole portal for a person to try: `make demo`.

Starts the embedded servers (unless DATABASE_URL and REDIS_URL name others), prepares
the database, then keeps web, workers and beat running until Ctrl-C.
"""

import argparse
import contextlib
import errno
import fcntl
import http.client
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from laocai_tdkt import embedded
from laocai_tdkt.embedded import LOCAL, PROJECT
from laocai_tdkt.process import Process, StartError

LOG = LOCAL / "log"
SERVERS = embedded.home() / "demo"
LOCK = LOCAL / "demo.lock"
ENVIRONMENT = LOCAL / "demo.env"
COLLECTED = LOCAL / "static-collected"
# What a run of the demo leaves behind, apart from the servers' data.
TRACES = (LOG, LOCAL / "files", LOCAL / "mail", LOCAL / "beat", ENVIRONMENT)
RESTARTS = 5
SECONDS_TO_READY = 120
# A JSON record of an error, or a traceback, of which the last line is told.
TROUBLE = re.compile(
    rb'^.*"levelname": ?"(?:ERROR|CRITICAL)".*$|^Traceback .*\n(?:[ \t].*\n)+\S.*$', re.MULTILINE
)


class Stopped(Exception):
    """Someone asked the demo to stop before it was ready."""


def say(text: str) -> None:
    print(text, flush=True)


def clock_shift_seconds(wanted: str, now: datetime) -> int:
    """Seconds from `now` to the moment that DEMO_CLOCK names, Vietnam's time unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(wanted)
    except ValueError:
        raise StartError(f"DEMO_CLOCK is not a time: {wanted!r}. Like this: 2027-02-18T09:00") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return round((moment - now).total_seconds())


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise StartError(f"PORT is not a port: {text!r}. Like this: 8123")
    return int(text)


def addresses(port: int) -> list[str]:
    """Every loopback address that `localhost` may stand for on this machine; raises StartError."""
    found = []
    for family, host, shown in (
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET6, "::1", "[::1]"),
    ):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise StartError(f"Port {port} is taken. Another one: PORT=8123 make demo") from None
            if error.errno == errno.EACCES:
                raise StartError(f"Port {port} is the system's. Another one: PORT=8123 make demo") from None
        else:
            found.append(f"{shown}:{port}")
    return found


@contextlib.contextmanager
def the_only_one() -> Iterator[None]:
    """Hold the lock that says: this checkout's demo is running. It falls with the process."""
    try:
        LOCAL.mkdir(exist_ok=True)
        lock = LOCK.open("a+")
    except PermissionError:
        raise StartError(
            f"{LOCAL} belongs to another user (was it made by root?). Remove it, or run as that user."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StartError(
                f"The demo of this folder is running already: {lock.read() or 'starting'}"
            ) from None
        lock.truncate(0)
        yield


class Demo:
    def __init__(self, port: int, clock_shift: int):
        self.port = port
        self.url = f"http://localhost:{port}"
        self.is_stopping = False
        self.servers = embedded.Servers(SERVERS, LOG, is_throwaway=False)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "laocai_tdkt.settings.demo",
            "DB_ROLE": "command",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
            "FILES_DIR": str(LOCAL / "files"),
            "MAIL_DIR": str(LOCAL / "mail"),
            "CLOCK_SHIFT_SECONDS": str(clock_shift),
        }
        self.children: list[Process] = []
        self.restarts: dict[str, int] = {}
        self.read_up_to: dict[str, int] = {}

    def run(self) -> None:
        """Start everything and keep it running until a signal; raises StartError."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # ignored under nohup
            signal.signal(signal.SIGHUP, self._ask_to_stop)
        try:
            self._start()
            self._watch()
        except Stopped:
            pass
        finally:
            self._stop()

    def _ask_to_stop(self, _signal, _frame) -> None:
        if not self.is_stopping:
            say("\nStopping…")
        self.is_stopping = True

    def _start(self) -> None:
        binds = [part for address in addresses(self.port) for part in ("--bind", address)]
        shutil.rmtree(LOG, ignore_errors=True)
        for folder in (LOG, LOCAL / "beat"):
            folder.mkdir(exist_ok=True)
        if self.servers.by_variable:
            say("Starting " + " and ".join(server.name for server in self.servers.by_variable.values()) + "…")
        self.environment |= self.servers.start()
        self._write_environment()
        self._manage(
            "migrate",
            "--no-input",
            title="Preparing the database…",
            remedy="If the data are an older version's: `make demo-reset`, then `make demo`.",
        )
        self._collect_static()
        self._manage("load_demo", title="Loading the demo's data (once)…")
        self._launch("web", ["gunicorn", "laocai_tdkt.wsgi", *binds], role="web")
        celery = ["celery", "--app", "laocai_tdkt"]
        # The printer has a worker of its own, so that a long list does not hold up mail.
        for name, queue, children in (("worker", "celery", "1"), ("printer", "rendering", "2")):
            options = ["--queues", queue, "--concurrency", children, "--hostname", f"{name}@%h"]
            self._launch(name, [*celery, "worker", *options], role="worker")
        self._launch(
            "beat",
            [*celery, "beat", "--schedule", str(LOCAL / "beat" / "schedule"), "--pidfile="],
            role="worker",
        )
        self._wait_until_ready()
        LOCK.write_text(self.url)
        say(f"\nPortal ready: {self.url}\n")
        self._manage("demo_accounts", is_shown=True)
        say(f"\nMail: {LOCAL / 'mail'}   Logs: {LOG}   Stop: Ctrl-C")

    def _collect_static(self) -> None:
        """Collect and compress what the browser loads, after a change only: it takes its time."""
        sources = (PROJECT / "uv.lock", PROJECT / "laocai_tdkt" / "settings" / "base.py")
        changed = max(path.stat().st_mtime for path in (*sources, *PROJECT.glob("static/**/*")))
        if COLLECTED.exists() and COLLECTED.stat().st_mtime > changed and (PROJECT / "staticfiles").exists():
            return
        self._manage("collectstatic", "--no-input", "--clear", title="Collecting the static files…")
        COLLECTED.touch()

    def _write_environment(self) -> None:
        """Leave the variables for a developer's own `manage.py` beside the running demo."""
        names = ["DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "SITE_URL", "CLOCK_SHIFT_SECONDS"]
        names += ["POSTGRES_PROGRAMS"] if "POSTGRES_PROGRAMS" in self.environment else []
        ENVIRONMENT.touch(mode=0o600)
        ENVIRONMENT.write_text("".join(f"{name}='{self.environment[name]}'\n" for name in names))

    def _launch(self, name: str, module_and_options: list[str], *, role: str) -> None:
        process = Process(
            name,
            [sys.executable, "-m", *module_and_options],
            log=LOG / f"{name}.log",
            environment={**self.environment, "DB_ROLE": role},
            folder=PROJECT,
        )
        process.start()
        self.children.append(process)

    def _manage(
        self, command: str, *options: str, title: str = "", is_shown: bool = False, remedy: str = ""
    ) -> None:
        """Run one management command to its end."""
        if title:
            say(title)
        process = Process(
            command,
            [sys.executable, "manage.py", command, *options],
            log=LOG / f"{command}.log",
            environment=self.environment,
            folder=PROJECT,
        )
        process.start()
        while process.is_running:
            if self.is_stopping:
                process.stop()
            self._pause(0.05)
        if process.exit_code != 0:
            said = f"`manage.py {command}` failed; the end of {process.log}:\n{process.last_words()}"
            raise StartError(f"{said}\n{remedy}".rstrip())
        if is_shown:
            say(process.log.read_text().rstrip())

    def _pause(self, seconds: float) -> None:
        if self.is_stopping:
            raise Stopped
        time.sleep(seconds)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_READY
        while not self._answers():
            self._look_after()
            if time.monotonic() > deadline:
                raise StartError(f"The portal does not answer at {self.url}; see {LOG}")
            self._pause(0.2)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status < 400
        except OSError:
            return False
        finally:
            connection.close()

    def _watch(self) -> None:
        while True:
            self._look_after()
            self._pause(0.5)

    def _look_after(self) -> None:
        """Start again what died, and repeat aloud what the logs say went wrong."""
        for process in [*self.servers.processes, *self.children]:
            self._repeat_errors(process)
            if process.is_running:
                continue
            self.restarts[process.name] = self.restarts.get(process.name, 0) + 1
            if self.restarts[process.name] > RESTARTS:
                raise StartError(
                    f"{process.name} keeps stopping; the end of {process.log}:\n{process.last_words()}"
                )
            say(f"{process.name} stopped by itself (exit code {process.exit_code}); starting it again.")
            process.kill()
            self._pause(1)
            process.start()

    def _repeat_errors(self, process: Process) -> None:
        with process.log.open("rb") as log:
            log.seek(self.read_up_to.get(process.name, 0))
            for trouble in TROUBLE.findall(log.read()):
                line = trouble.splitlines()[-1].decode(errors="replace")
                say(f"[{process.name}] {line[:300]}   (see {process.log})")
            self.read_up_to[process.name] = log.tell()

    def _stop(self) -> None:
        """Stop in the reverse order of starting: nothing loses the server it still writes to."""
        for process in reversed(self.children):
            if not process.stop():
                say(f"{process.name} did not stop in {process.patience:.0f} seconds and was ended.")
        self.servers.stop()


def reset() -> None:
    """Remove what earlier demos of this checkout left; servers named by the environment are not ours."""
    if os.environ.get("DATABASE_URL"):
        raise StartError("DATABASE_URL names a database that the demo does not own: empty it yourself.")
    embedded.Servers(SERVERS, LOG, is_throwaway=False).wipe()
    for trace in TRACES:
        if trace.is_dir():
            shutil.rmtree(trace)
        else:
            trace.unlink(missing_ok=True)
    say("The demo's data are gone; the next `make demo` begins anew.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m laocai_tdkt.run", description=__doc__)
    parser.add_argument("what", choices=["demo", "reset"])
    what = parser.parse_args().what
    try:
        with the_only_one():
            if what == "reset":
                reset()
                return 0
            wanted = os.environ.get("DEMO_CLOCK", "")
            shift = clock_shift_seconds(wanted, datetime.now(UTC)) if wanted else 0
            Demo(wanted_port(), shift).run()
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
