"""Measures the package beside its peers, and prints Markdown. `cargo xtask bench --python` runs it.

Times are of the thread's processor, interleaved, medians over rounds; the machine may be busy.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from contenders import contenders, expected, text, variables

from superconfig import ConfigRegistry


def once(work: Callable[[], Any], times: int) -> float:
    """Nanoseconds for each of so many calls."""
    begin = time.thread_time_ns()
    for _ in range(times):
        work()
    return (time.thread_time_ns() - begin) / times


def rounds(works: dict[str, Callable[[], Any]], count: int, times: Callable[[str], int]) -> dict[str, list[float]]:
    """The time of each, round by round, one after the other in each round."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(count):
        for name, work in works.items():
            gc.collect()
            taken[name].append(once(work, times(name)))
    return taken


def table(head: str, taken: dict[str, list[float]], reference: str) -> str:
    lines = [f"| {head} | by that of {reference} | time |", "| --- | ---: | ---: |"]
    for name, times in taken.items():
        # Of what each round took, as the machine may be busier in one than in another.
        ratio = statistics.median(time / base for time, base in zip(times, taken[reference]))
        lines.append(f"| {name} | {ratio:.2f} | {shown(statistics.median(times))} |")
    return "\n".join(lines) + "\n"


def shown(nanoseconds: float) -> str:
    if nanoseconds >= 1e6:
        return f"{nanoseconds / 1e6:.2f} ms"
    if nanoseconds >= 1e3:
        return f"{nanoseconds / 1e3:.1f} µs"
    return f"{nanoseconds:.0f} ns"


def loads(all_of_them: list[Any], count: int) -> str:
    for one in all_of_them:
        assert one.plain(one.load()) == expected(), f"{one.name} loads something else"
    slow = {"dynaconf": 2, "omegaconf": 2}
    taken = rounds({one.name: one.load for one in all_of_them}, count, lambda name: slow.get(name, 20))
    return "\n### Loading\n\n" + table("", taken, all_of_them[0].name)


def reads(all_of_them: list[Any], count: int) -> str:
    loaded = {one.name: (one.load(), one.nested) for one in all_of_them}
    config = loaded["superconfig"][0]
    works: dict[str, Callable[[], Any]] = {
        name: lambda value=value, nested=nested: nested(value) for name, (value, nested) in loaded.items()
    }
    paths = [f"{section}.{key}" for section in ("http", "database") for key in ("host", "port", "url", "level", "tags")]
    further: dict[str, Callable[[], Any]] = {
        "nothing (the call alone)": lambda: None,
        'superconfig: `get("database.host")`': lambda: config.get("database.host"),
        "superconfig: `get_many` of ten, each": lambda: config.get_many(paths),
    }
    slow = {"dynaconf": 2000, "omegaconf": 2000}
    taken = rounds(works | further, count, lambda name: slow.get(name, 20_000))
    many = "superconfig: `get_many` of ten, each"
    taken[many] = [nanoseconds / len(paths) for nanoseconds in taken[many]]
    return "\n### Reading `database.host`\n\n" + table("", taken, all_of_them[0].name)


def handles(count: int) -> str:
    registry = ConfigRegistry()
    values = {"database": {"url": "x", "pool": 4}, "port": 80}
    taken = rounds({"made": lambda: registry.create_config(values)}, count, lambda _: 5000)["made"]
    number = 50_000
    gc.collect()
    before = resident()
    kept = [registry.create_config(values) for _ in range(number)]
    gc.collect()
    bare = (resident() - before) / number
    for handle in kept:
        handle["port"]
    gc.collect()
    read = (resident() - before) / number
    return (
        f"\n### Handles\n\nA handle of a dict of two levels with three values is made, and dropped, in {shown(statistics.median(taken))}. It takes "
        f"{bare:.0f} bytes, its values included, and {read:.0f} when it has been read.\n"
    )


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "app.toml"
        file.write_text(text())
        os.environ.update(variables())
        all_of_them = contenders(file)
        print(loads(all_of_them, 5 if quick else 40))
        print(reads(all_of_them, 5 if quick else 40))
        print(handles(5 if quick else 40))
    names = ["pydantic-settings", "pydantic", "dynaconf", "omegaconf"]
    peers = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"CPython {platform.python_version()}; {peers}. {len(os.environ)} variables in the process.")


if __name__ == "__main__":
    main()
