"""Processes that the supervisor starts, watches and brings back."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
LONGEST_WAIT = 10.0
# A child that has lived so long is well again: its next death counts as the first.
WELL_AFTER = 30.0


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the supervisor is killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program that ought to be running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = field(default=0.0)
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start the program in a session of its own, out of the terminal's Ctrl-C."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def watch(self) -> None:
        """Bring the program back when it has died, later each time it dies young."""
        if self.process and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process:
            self._mourn(self.process.returncode, now)
        if now >= self.not_before:
            self.start()

    def _mourn(self, code: int, now: float) -> None:
        self._end_group(signal.SIGKILL)
        self.process = None
        self.deaths = 1 if now - self.started_at > WELL_AFTER else self.deaths + 1
        wait = min(0.25 * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self.not_before = now + wait
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        print(f"{self.name} {how}; starting it again in {wait:.1f} s.", flush=True)

    def ask_to_end(self) -> None:
        """Ask the program to finish what it is doing and end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def make_end(self, patience: float) -> None:
        """Wait for the end, then enforce it, on everything the program started."""
        if not self.process:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not end by itself and is killed.", flush=True)
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return
