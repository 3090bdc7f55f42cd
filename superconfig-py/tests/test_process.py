"""The end of the interpreter, signals, forks, and interpreters inside of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from conftest import run

WATCHING = """
import sys, time, threading
from superconfig import ConfigBuilder
path = sys.argv[1]
config = ConfigBuilder().with_file(path).build()
told = threading.Event()
def changed(change):
    told.set()
    {callback}
{watch}
with open(path, "w") as file:
    file.write("port = 81")
assert told.wait(60)
{then}
"""


def watching(watch: str, callback: str = "", then: str = "") -> str:
    return WATCHING.format(watch=watch, callback=callback, then=then)


@pytest.mark.parametrize(
    "script",
    [
        watching("config.enable_hot_reload(changed)"),
        watching("watch = config.watch(changed)"),
        # It is called for ever, it hangs, it asks for the configuration while the interpreter ends.
        watching("config.enable_hot_reload(changed)", callback="time.sleep(1000)"),
        watching("config.enable_hot_reload(changed)", callback="while True: config['port']"),
        watching("config.enable_hot_reload(changed)", callback="while True: config.reload()"),
        watching("config.enable_hot_reload(changed)", then="del config; sys.exit(0)"),
        watching("config.enable_hot_reload(changed)", then="import os; os._exit(0)"),
    ],
)
def test_the_interpreter_ends_whatever_is_watched(file, script):
    ended = run(script, file)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_an_asynchronous_program_ends_while_it_waits(file):
    script = """
import asyncio, sys
from superconfig import ConfigBuilder
config = ConfigBuilder().with_file(sys.argv[1]).build()
async def main():
    async def listen():
        async for change in config.changes():
            pass
    task = asyncio.create_task(listen())
    await asyncio.sleep(0.05)
asyncio.run(main())
"""
    ended = run(script, file)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("wait", ["time.sleep(1000)", "threading.Event().wait()", "asyncio.run(forever())"])
def test_ctrl_c_ends_a_program_that_watches(file, wait):
    script = f"""
import asyncio, signal, sys, threading, time
from superconfig import ConfigBuilder
# A shell lets what it starts in the background ignore the signal, and these tests may run there.
signal.signal(signal.SIGINT, signal.default_int_handler)
config = ConfigBuilder().with_file(sys.argv[1]).build()
config.enable_hot_reload(print)
async def forever():
    async for change in config.changes():
        pass
print("ready", flush=True)
{wait}
"""
    command = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout and program.stdout.readline() == "ready\n"
        program.send_signal(signal.SIGINT)
        try:
            _, told = program.communicate(timeout=60)
        finally:
            program.kill()
    assert "KeyboardInterrupt" in told
    assert program.returncode in (-signal.SIGINT, 130, 1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_a_fork_reads_loads_and_watches_anew(file):
    script = """
import os, sys, time, warnings, threading
warnings.simplefilter("ignore")
from superconfig import ConfigBuilder
path = sys.argv[1]
config = ConfigBuilder().with_file(path).build()
seen = []
watch = config.watch(lambda change: seen.append(change.new["port"]), debounce=0.01)
subscription = config.on_change("**", print)
# Until its thread waits: a lock that it holds is held for ever in the child.
time.sleep(0.5)
child = os.fork()
if child == 0:
    assert not subscription.active
    assert config["port"] == 80 and "forked" in watch.health, watch.health
    assert ConfigBuilder().with_file(path).build() == config
    watch.restart()
    with open(path, "w") as file:
        file.write("port = 81")
    until = time.monotonic() + 60
    while seen != [81]:
        assert time.monotonic() < until, (seen, watch.health)
        time.sleep(0.01)
    watch.close()
    sys.exit(7)
subscription.cancel()
_, status = os.waitpid(child, 0)
assert os.waitstatus_to_exitcode(status) == 7
until = time.monotonic() + 60
while config["port"] != 81:
    assert time.monotonic() < until
    time.sleep(0.01)
watch.close()
"""
    ended = run(script, file)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_interpreter_inside_of_another_is_refused():
    script = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import superconfig
inner = interpreters.create()
code = '''
try:
    import superconfig
except ImportError as error:
    assert "interpreter" in str(error), error
else:
    raise SystemError("it was imported")
'''
if sys.version_info >= (3, 13):
    failure = interpreters.exec(inner, code)
    assert failure is None, failure
else:
    interpreters.run_string(inner, code)
interpreters.destroy(inner)
print("refused", superconfig.create_config({"a": 1})["a"])
"""
    ended = run(script)
    assert (ended.stdout, ended.returncode) == ("refused 1\n", 0), ended.stderr


def test_nothing_is_printed():
    ended = run(
        "import superconfig as s\n"
        "c = s.ConfigBuilder().with_text('a = [1]\\na_remove = [2]').build()\n"
        "c.reload(); c.watch().close(); c.warnings()\n"
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)
