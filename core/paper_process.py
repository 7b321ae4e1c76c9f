"""The process that reads papers for this one: started with the first paper, it stays and forks for each.

Its libraries are loaded once, which costs a hundred times what reading a paper does; what a hostile file does
ends with the fork. It is told nothing of the portal's environment.
"""

import contextlib
import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

SECONDS = 20
PROGRAM = Path(__file__).with_name("paper_reader.py")
BOMB = {"trouble": "bomb"}


class Reader:
    """`program` is run by its path. May be asked by many threads at once.

    `process` is the one that reads, None before the first paper.
    """

    def __init__(self, program: Path = PROGRAM):
        self.program = program
        self._starting = threading.Lock()
        self.process = self._asks = None

    def read(self, path: str, kind: str) -> dict:
        """What `paper_reader.py` found, within `SECONDS`; `ChildProcessError` if it cannot be asked."""
        for _attempt in range(2):
            process, asks = self._running()
            answer = _ask(asks, f"{kind} {path}")
            if answer.endswith(b"\n"):
                return json.loads(answer)
            # Either the paper ended its fork, or somebody the reader, which is no fault of the paper.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
            if process.returncode is None:
                return BOMB
        raise ChildProcessError(f"{self.program} ended twice without an answer")

    def close(self) -> None:
        """End the process, if one was started; without this it goes when nobody can ask it any more."""
        if self.process:
            self._asks.close()
            self.process.terminate()
            self.process.wait()

    def _running(self) -> tuple[subprocess.Popen, socket.socket]:
        with self._starting:
            # In a fork of the process that started it, `poll` finds no child: it starts its own.
            if self.process is None or self.process.poll() is not None:
                if self._asks:
                    self._asks.close()
                self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                with theirs:
                    self.process = subprocess.Popen(
                        [sys.executable, "-I", self.program], stdin=theirs, stdout=subprocess.DEVNULL, env={}
                    )
            return self.process, self._asks


def _ask(asks: socket.socket, words: str) -> bytes:
    """The answer to one question, which comes on a line of its own; cut short or empty if it broke off."""
    ours, theirs = socket.socketpair()
    ours.settimeout(SECONDS)
    with ours, contextlib.suppress(OSError):
        with theirs:
            socket.send_fds(asks, [words.encode()], [theirs.fileno()])
        with ours.makefile("rb") as answer:
            return answer.read()
    return b""
