"""Many threads at once."""

from __future__ import annotations

import os
import sys
import threading
import time

from conftest import wait_for

from superconfig import ConfigBuilder, ConfigRegistry


def together(count, work):
    """Runs a function in several threads, and gives what went wrong."""
    failures = []

    def run(index):
        try:
            work(index)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "a thread hangs"
    return failures


def test_readers_see_one_configuration_at_a_time(file):
    file.write_text("a = 0\nb = { c = 0 }\n")
    config = ConfigBuilder().with_file(file).build()
    stop = threading.Event()

    def read(index):
        if index == 0:
            for number in range(1, 40):
                file.write_text(f"a = {number}\nb = {{ c = {number} }}\n")
                # A file is truncated before it is written.
                config.reload()
            stop.set()
            return
        last = 0
        while not stop.is_set():
            many = config.get_many(["a", "b.c"])
            assert many["a"] == many["b.c"] >= last
            last = many["a"]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        assert together(4, read) == []
    finally:
        sys.setswitchinterval(interval)
    assert config["a"] == 39


def test_loading_lets_other_threads_run(tmp_path):
    for index in range(300):
        (tmp_path / f"{index}.toml").write_text("\n".join(f"k{index}_{key} = {key}" for key in range(100)))
    state = {"loading": False, "ticks": 0, "done": False}

    def work(index):
        if index == 0:
            state["loading"] = True
            ConfigBuilder().with_glob(tmp_path / "*.toml").build()
            state["loading"] = False
            state["done"] = True
        else:
            while not state["done"]:
                state["ticks"] += state["loading"]
                time.sleep(0)

    interval = sys.getswitchinterval()
    # Longer than the loading: who does not let go of the interpreter keeps it.
    sys.setswitchinterval(1000)
    try:
        assert together(2, work) == []
    finally:
        sys.setswitchinterval(interval)
    assert state["ticks"] > 0


def test_handles_are_made_and_dropped_by_many(file):
    registry = ConfigRegistry()

    def work(index):
        for _ in range(50):
            handle = registry.create_config({"index": index})
            built = ConfigBuilder().with_file(file).with_override("index", index).build(registry)
            assert registry.get(handle.id)["index"] == built["index"] == index
            built.on_change("**", print).cancel()

    assert together(4, work) == []
    wait_for(lambda: len(registry) == 0)


def test_one_builder_is_used_by_many(file):
    builder = ConfigBuilder().with_file(file)
    assert together(4, lambda index: [builder.with_override(f"k{index}", 1).build() for _ in range(20)]) == []
    assert len(builder.build()) == 5


def test_variables_may_be_set_while_others_load(monkeypatch):
    monkeypatch.setenv("SUPERCONFIG_PY_TEST_PORT", "0")

    def work(index):
        for number in range(300):
            if index == 0:
                # A new name makes the system move the variables.
                os.environ[f"SUPERCONFIG_PY_TEST_OTHER_{number}"] = "x" * number
                os.environ["SUPERCONFIG_PY_TEST_PORT"] = str(number)
            else:
                assert ConfigBuilder().with_env("SUPERCONFIG_PY_TEST_").build()["port"] in range(300)

    try:
        assert together(4, work) == []
    finally:
        for number in range(300):
            os.environ.pop(f"SUPERCONFIG_PY_TEST_OTHER_{number}", None)
