"""How much memory stays behind: `python tests/leaks.py 1000000` loads so often, and prints it."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from superconfig import ConfigBuilder, ConfigError, ConfigRegistry


def resident() -> int:
    """The resident memory in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def workloads(file: Path) -> dict[str, Callable[[], object]]:
    """What is done over and over."""
    file.write_text("port = 80\nlist = [1, { a = 'x' }]\n[database]\nurl = 'x'\npassword = 'y'\nwhen = 2026-01-02\n")
    builder = ConfigBuilder().with_file(file).with_secret("**.password")
    broken = ConfigBuilder().with_text("port = ")
    registry = ConfigRegistry()
    living = builder.build()
    numbers = iter(range(10**12))

    def load() -> None:
        config = builder.build(registry)
        assert config["database"]["url"] == config.get("database.url") == "x"
        config.to_dict()
        repr(config)
        config.origin("port")

    def fail() -> None:
        try:
            broken.build(registry)
        except ConfigError as error:
            error.render()

    def miss() -> None:
        for key in ("none", f"none{next(numbers)}"):
            try:
                living[key]
            except KeyError:
                pass
            living.get(key)

    def insert() -> None:
        assert registry.create_config({"a": {"b": [1]}}).get("a.b") == [1]

    def reload() -> None:
        text = file.read_text().replace("port = 80\n", f"port = {next(numbers)}\n")
        living_file.write_text(text)
        changed.reload()
        changed["port"]

    living_file = file.with_name("living.toml")
    living_file.write_text("port = 1")
    changed = ConfigBuilder().with_file(living_file).build()

    def subscribe() -> None:
        changed.on_change("**", print).cancel()

    return {"load": load, "fail": fail, "miss": miss, "insert": insert, "reload": reload, "subscribe": subscribe}


def measure(work: Callable[[], object], rounds: int) -> tuple[int, int]:
    """The growth of the resident memory, and of what Python's objects take, after a warm-up."""
    for _ in range(min(rounds, 100)):
        work()
    gc.collect()
    before = resident()
    for _ in range(rounds):
        work()
    gc.collect()
    grown = resident() - before
    tracemalloc.start()
    for _ in range(20):
        work()
    gc.collect()
    first, _ = tracemalloc.get_traced_memory()
    for _ in range(min(rounds, 1000)):
        work()
    gc.collect()
    last, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return grown, last - first


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        for name, work in workloads(Path(folder) / "app.toml").items():
            grown, traced = measure(work, rounds if name == "load" else rounds // 10)
            print(f"{name:10} {grown / 1024:10.1f} KiB resident, {traced} bytes of objects", flush=True)


if __name__ == "__main__":
    main()
