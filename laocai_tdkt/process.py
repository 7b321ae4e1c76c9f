"""One child process: started apart from the terminal, stopped in order, never left behind."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class StartError(Exception):
    """A child process could not be started or used; the message is for people."""


def die_with_parent(last_signal: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program, so that even `kill -9` of this process stops it.

    Only Linux offers this; elsewhere a child then lives on until it is stopped by hand.
    """
    if _libc is None:
        return None
    return lambda: _libc.prctl(_PR_SET_PDEATHSIG, last_signal)


@dataclass
class Process:
    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path | None = None
    account: pwd.struct_passwd | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    # What it gets when this process dies without stopping it. A server must still write what it
    # holds; others may wait for ever for servers that stop at the same moment.
    orphan_signal: signal.Signals = signal.SIGKILL
    # Seconds that the process may take to stop before it is killed.
    patience: float = 10
    _child: subprocess.Popen | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the program, or start it again, in a session of its own.

        The terminal's Ctrl-C thus reaches only the parent, which stops its children in order.
        """
        as_account = {}
        if self.account:
            as_account = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(self.orphan_signal),
                **as_account,
            )

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._child.poll() if self._child else None

    def stop(self) -> bool:
        """Stop the process and all that it started; False when it had to be killed."""
        if self._child is None:
            return True
        if self.is_running:
            self._child.send_signal(self.stop_signal)
        try:
            self._child.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self.kill()
        return True

    def kill(self) -> None:
        """End whatever is left of the process' group, a dead leader's children included."""
        if self._child is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM of a group of zombies
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def is_alive(pid: int) -> bool:
    """Whether the process id is taken, be it by a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_of(pid: int) -> str:
    """The command line of a running process, empty when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    listing = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout


def wait_until(is_true: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until the answer is yes; False when the time is up."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
