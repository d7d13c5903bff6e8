"""Measure the program against its budgets and print the ratios: ``python benchmarks/run.py``.

Needs ``pip install '.[test,bench]'``. Times are the best of several runs, taken in turns with what they are compared
to, for machines are noisy; only ratios say something.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import material, reference  # noqa: E402  # the checkout must be on the path first

PROGRAM = [sys.executable, "-m", "traefik_lint"]
PYTHON = [sys.executable, "-c", "pass"]


class Run(NamedTuple):
    """Wall-clock seconds of a process, and the most memory it had, in megabytes."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """One line of the result: ours, what it is compared with, and the ratio that is allowed."""

    work: str
    ours: float
    other: float
    budget: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the other."""
        return self.ours / self.other


def timed(command: list[str], folder: Path, cache: str | None = None) -> Run:
    """Run a process to its end; ``cache`` is a folder for bytecode, an empty one makes a cold start."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode, and so has ours
    if cache is not None:
        env["PYTHONPYCACHEPREFIX"] = cache
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)


def best_of(count: int, *works: Callable[[], float]) -> list[float]:
    """The least of each work's times, the works taken in turns."""
    times = [[work() for work in works] for _ in range(count)]
    return [min(column) for column in zip(*times, strict=True)]


def seconds(command: list[str], folder: Path) -> Callable[[], float]:
    """A work for :func:`best_of`."""
    return lambda: timed(command, folder).seconds


def cold(command: list[str], folder: Path) -> float:
    """Seconds of a start without any bytecode."""
    with tempfile.TemporaryDirectory() as cache:
        return timed(command, folder, cache).seconds


def version(folder: Path) -> list[Row]:
    """``--version`` against an interpreter that does nothing."""
    ours, other = best_of(10, seconds([*PROGRAM, "--version"], folder), seconds(PYTHON, folder))
    return [
        Row("--version", ours, other, 3, "python -c pass"),
        Row("--version, cold", cold([*PROGRAM, "--version"], folder), cold(PYTHON, folder), 3, "the same, cold"),
    ]


def one_file(folder: Path) -> list[Row]:
    """One compose file against the real Traefik with the same containers."""
    material.write_one_compose(folder)
    ours, other = best_of(5, seconds(PROGRAM, folder), lambda: reference.traefik_with_containers(folder, 4))
    note = "Traefik, start to rawdata"
    return [
        Row("one compose file", ours, other, 0.6, note),
        Row("one compose file, cold", cold(PROGRAM, folder), other, 0.6, note),
    ]


def thousand_files(folder: Path) -> list[Row]:
    """1,000 compose files against yamllint."""
    material.write_compose_files(folder, 1_000)
    yamllint = [sys.executable, "-m", "yamllint", "-d", "relaxed", "."]
    ours, other = best_of(2, seconds(PROGRAM, folder), seconds(yamllint, folder))
    return [Row("1,000 compose files", ours, other, 1 / 3, "yamllint")]


def many_routers(folder: Path) -> list[Row]:
    """10,000 routers against the real Traefik, and how time and memory grow."""
    runs: dict[int, Run] = {}
    rows = []
    for count in (1_000, 10_000):
        files, objects = folder / f"file{count}", folder / f"crd{count}"
        files.mkdir()
        objects.mkdir()
        material.write_routers(files, count)
        material.write_objects(objects, count)
        runs[count] = min(timed(PROGRAM, files) for _ in range(2))
        of_objects = min(timed(PROGRAM, objects) for _ in range(2))
        traefik = min(reference.traefik_with_file(files, count) for _ in range(2))
        rows.append(
            Row(f"{count:,} routers, file", runs[count].seconds, traefik, 1, "Traefik, start to rawdata")
        )
        rows.append(Row(f"{count:,} routers, CRDs", of_objects.seconds, traefik, 1, "Traefik with the file"))
        rows.append(Row(f"{count:,} routers, file, MB", runs[count].megabytes, 150, 1, "150 MB"))
        rows.append(Row(f"{count:,} routers, CRDs, MB", of_objects.megabytes, 150, 1, "150 MB"))
    rows.append(Row("growth 1,000 to 10,000", runs[10_000].seconds, runs[1_000].seconds, 12, "1,000 routers"))
    return rows


BENCHMARKS = (version, one_file, thousand_files, many_routers)


def main() -> int:
    """Run the benchmarks named on the command line, or all; 1 when a budget is missed."""
    wanted = set(sys.argv[1:])
    print(f"{'work':30} {'ours':>9} {'other':>9} {'ratio':>7} {'budget':>7}")
    missed = False
    for benchmark in BENCHMARKS:
        if wanted and benchmark.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for row in benchmark(Path(folder)):
                over = row.ratio > row.budget
                missed |= over and "cold" not in row.work
                print(
                    f"{row.work:30} {row.ours:9.3f} {row.other:9.3f} {row.ratio:7.2f} {row.budget:7.2f}"
                    f"  {'OVER' if over else 'ok  '}  {row.note}",
                    flush=True,
                )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
