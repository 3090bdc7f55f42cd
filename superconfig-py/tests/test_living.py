"""Reloads, watches and those who are told."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import weakref

import pytest
from conftest import wait_for

from superconfig import Change, ConfigBuilder, ConfigError, ConfigValueError, create_config

# Files are looked at often, so that nobody waits long.
QUICK = {"debounce": 0.01, "max_wait": 0.05, "poll_every": 0.05}


@pytest.fixture
def config(file):
    return ConfigBuilder().with_file(file).build()


def test_a_reload_gives_what_changed(config, file):
    before = config["port"], config.generation
    assert config.reload() is None
    file.write_text("port = 81\nname = 'x'\n")
    change = config.reload()
    assert isinstance(change, Change) and before == (80, 1)
    assert (config["port"], config.generation, change.generation) == (81, 2, 2)
    assert [(one.path, one.old, one.new) for one in change.changed] == [("port", 80, 81), ("name", None, "x")]
    assert change.changed[0].new_origin.line == 1 and change.changed[1].old_origin is None
    assert (change.old, change.new) == ({"port": 80}, {"port": 81, "name": "x"})
    assert str(change).startswith("generation 2, 2 settings changed") and "port" in repr(change)
    assert '"generation":2' in change.to_json() and "80" in str(change.changed[0])
    file.write_text("port = 82")
    joined = change.join(config.reload())
    assert (joined.old["port"], joined.new["port"]) == (80, 82)


def test_what_was_read_before_stays_what_it_is(config, file):
    file.write_text("table = { a = 1 }")
    config.reload()
    table = config["table"]
    file.write_text("table = { a = 2 }")
    config.reload()
    assert table == {"a": 1} and config["table"] == {"a": 2} and config.get("table.a") == 2


def test_a_reload_that_fails_leaves_what_there_is(config, file):
    file.write_text("port = ")
    with pytest.raises(ConfigValueError):
        config.reload()
    assert config["port"] == 80 and config.last_reload_error().code == "SC0301"
    file.write_text("port = 81")
    config.reload()
    assert config["port"] == 81 and config.last_reload_error() is None
    assert create_config({"a": 1}).reload() is None


def test_functions_are_told_of_changes_and_errors(config, file):
    changes, errors = [], []
    told = config.on_change("port", changes.append)
    config.on_change("other", lambda change: pytest.fail("not this one"))
    config.on_error(errors.append)
    file.write_text("port = 81")
    config.reload()
    wait_for(lambda: changes)
    assert changes[0].new["port"] == 81
    file.write_text("port = ")
    with pytest.raises(ConfigError):
        config.reload()
    wait_for(lambda: errors)
    assert isinstance(errors[0], ConfigValueError) and errors[0].problems[0].line == 1
    assert told.active
    told.cancel()
    assert not told.active and "cancelled" in repr(told)
    file.write_text("port = 82")
    config.reload()
    assert len(changes) == 1


def test_who_is_slow_is_told_the_latest(config, file):
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def slow(change):
        begun.set()
        assert go_on.wait(30)
        seen.append((change.old["port"], change.new["port"]))

    config.on_change("**", slow)
    file.write_text("port = 81")
    config.reload()
    assert begun.wait(30)
    for port in (82, 83, 84):
        file.write_text(f"port = {port}")
        config.reload()
    go_on.set()
    wait_for(lambda: len(seen) == 2)
    assert seen == [(80, 81), (81, 84)]


def test_a_function_that_calls_back_holds_up_nobody(config, file):
    seen = []

    def back(change):
        if change.new["port"] < 85:
            file.write_text(f"port = {change.new['port'] + 1}")
            config.reload()
        seen.append((config["port"], config.get("port"), len(config.explain("port").text) > 0))

    config.on_change("**", back)
    file.write_text("port = 81")
    config.reload()
    wait_for(lambda: any(port == 85 for port, *_ in seen))
    wait_for(lambda: config.generation == 6)


def test_a_function_that_raises_is_told_as_a_thread_that_raises_is(config, file, monkeypatch):
    raised, seen = [], []
    monkeypatch.setattr(threading, "excepthook", lambda args: raised.append(args.exc_value))

    def bad(change):
        seen.append(change.new["port"])
        raise RuntimeError(f"no {change.new['port']}")

    config.on_change("**", bad)
    for port in (81, 82):
        file.write_text(f"port = {port}")
        config.reload()
        wait_for(lambda: len(raised) == port - 80)
    assert seen == [81, 82] and str(raised[1]) == "no 82"


def test_files_are_watched_until_the_context_ends(config, file):
    changes = []
    with config.watch(changes.append, pattern="port", **QUICK) as watch:
        file.write_text("port = 81")
        wait_for(lambda: changes)
        assert "tells" in watch.health or "polled" in watch.health
        assert "Watch" in repr(watch)
    assert config["port"] == 81 and "stopped" in watch.health
    watch.close()
    file.write_text("port = 82")
    assert config.reload().generation == 3 and len(changes) == 1
    with pytest.raises(ValueError, match="closed"):
        watch.restart()


def test_what_is_wrong_is_told_and_logged(config, file, caplog):
    errors = []
    caplog.set_level(logging.ERROR, "superconfig")
    with config.watch(on_error=errors.append, **QUICK):
        file.write_text("port = ")
        wait_for(lambda: errors)
    assert errors[0].code == "SC0301" and not caplog.records
    file.write_text("port = 80\n")
    config.reload()
    with config.watch(**QUICK):
        file.write_text("port = = 1")
        wait_for(lambda: caplog.records)
    assert "the configuration stays as it is" in caplog.text


def test_hot_reload_goes_on_though_nobody_keeps_it(config, file):
    changes = []
    config.enable_hot_reload(changes.append, **QUICK)
    gc.collect()
    file.write_text("port = 81")
    wait_for(lambda: changes)
    again = config.enable_hot_reload(**QUICK)
    again.close()
    file.write_text("port = 82")
    wait_for(lambda: len(changes) == 2)


def test_a_watch_ends_when_it_is_dropped(config, file):
    watch = config.watch(**QUICK)
    known = weakref.ref(watch)
    del watch
    gc.collect()
    assert known() is None
    file.write_text("port = 81")
    assert config.reload() is not None


def test_a_wrong_option_starts_nothing(config):
    before = threading.active_count()
    with pytest.raises(TypeError):
        config.watch(debounse=1)
    with pytest.raises(ValueError):
        config.watch(debounce=float("inf"))
    wait_for(lambda: threading.active_count() <= before)


def test_a_subscription_ends_with_the_last_handle(file):
    config = ConfigBuilder().with_file(file).build()
    told = config.on_change("**", print)
    del config
    gc.collect()
    assert not told.active


async def test_changes_are_waited_for(config, file):
    seen = []
    async with config.changes() as changes:
        for port in (81, 82):
            file.write_text(f"port = {port}")
            async for change in changes:
                seen.append(change.new["port"])
                break
    assert seen == [81, 82]
    with pytest.raises(StopAsyncIteration):
        await anext(changes)


async def test_changes_by_hand_are_joined_for_whoever_is_slow(config, file):
    changes = config.changes("port", watch=False)
    for port in (81, 82, 83):
        file.write_text(f"port = {port}")
        config.reload()
    change = await anext(changes)
    while change.new["port"] != 83:
        change = change.join(await anext(changes))
    assert change.old["port"] == 80
    await changes.aclose()
    assert [one async for one in changes] == []


async def test_waiting_can_be_cancelled(config, file):
    changes = config.changes(watch=False)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(anext(changes), 0.05)
    file.write_text("port = 81")
    config.reload()
    assert (await asyncio.wait_for(anext(changes), 30)).new["port"] == 81
    task = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0.01)
    await changes.aclose()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(task, 30)


def test_a_loop_that_is_gone_harms_nobody(config, file):
    async def first():
        changes = config.changes(watch=False)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(anext(changes), 0.01)
        return changes

    changes = asyncio.run(first())
    file.write_text("port = 81")
    config.reload()
    wait_for(lambda: changes._events.closed)


def test_what_cannot_be_called_is_refused_at_once(config):
    async def later(change):
        pass

    for begin in (config.watch, config.enable_hot_reload, config.on_error, lambda it: config.on_change("**", it)):
        with pytest.raises(TypeError, match="callback must be callable, not int"):
            begin(3)
        with pytest.raises(TypeError, match="callback must not be async"):
            begin(later)
    with pytest.raises(TypeError, match="on_error must be callable"):
        config.watch(on_error="x")
    with pytest.raises(TypeError, match="debouce"):
        config.watch(debouce=1)


async def test_beside_an_event_loop_nothing_is_waited_for(config, file):
    async with config.watch(debounce=0.01) as watch:
        file.write_text("port = 81\n")
        change = await config.reload_async()
        assert change is None or change.new["port"] == 81
        assert config["port"] == 81
    assert watch.health == "not watching: stopped"
    with pytest.raises(ValueError, match="closed"):
        async with watch:
            pass


def test_secrets_do_not_show_themselves_in_a_change(file):
    file.write_text("port = 1\n[db]\npassword = 'hunter1'\n")
    config = ConfigBuilder().with_file(file).with_secret("**.password").build()
    file.write_text("port = 2\n[db]\npassword = 'hunter2'\n")
    change = config.reload()
    assert "hunter" not in repr(change.old) + repr(change.new) + str(change) + change.to_json()
    assert (change.old["db"]["password"], change.new["db"]["password"]) == ("hunter1", "hunter2")
