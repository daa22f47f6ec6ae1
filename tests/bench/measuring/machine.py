"""What processes cost: CPU seconds and memory, read from /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024


@dataclass(frozen=True)
class Family:
    """A process and whatever it has started; what has ended counts with its parent."""

    pid: int

    def members(self) -> list[int]:
        children: dict[int, list[int]] = {}
        for path in Path("/proc").iterdir():
            if path.name.isdigit() and (fields := _stat(int(path.name))):
                children.setdefault(int(fields[1]), []).append(int(path.name))
        found, left = [], [self.pid]
        while left:
            pid = left.pop()
            found.append(pid)
            left += children.get(pid, [])
        return found

    def cpu(self) -> float:
        """Return the seconds of CPU used so far."""
        ticks = 0
        for pid in self.members():
            if fields := _stat(pid):
                ticks += sum(int(fields[place]) for place in (11, 12, 13, 14))
        return ticks / TICK

    def resident(self) -> float:
        """Return the resident memory in MiB, what is shared counted in each."""
        return sum(_status(pid, "VmRSS") for pid in self.members()) / 1024

    def proportional(self) -> float:
        """Return the memory in MiB, what is shared counted once among those who share it."""
        return sum(_proportional(pid) for pid in self.members()) / 1024

    def peak(self) -> float:
        """Return the most that one of them had resident since `forget_peak`, in MiB."""
        return max(_status(pid, "VmHWM") for pid in self.members()) / 1024

    def forget_peak(self) -> None:
        for pid in self.members():
            with suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")


def load() -> str:
    """Return how busy the machine is, in processes that want a CPU."""
    one, five, _ = os.getloadavg()
    return f"{one:.1f} over the last minute, {five:.1f} over five, {os.cpu_count()} cores"


def _stat(pid: int) -> list[str]:
    """Return the fields after the name: state, parent …, times from the 11th on."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _status(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0


def _proportional(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
