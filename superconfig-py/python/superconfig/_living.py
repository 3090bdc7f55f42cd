"""Living on: callbacks, watches and asynchronous iterators.

The library's own threads never run code of Python's. Whoever wants to be told has a daemon thread of Python's,
which waits without the interpreter. So a callback that hangs holds up nobody, and the interpreter may end at
any time: when it does, watches are stopped and threads are woken first.
"""

from __future__ import annotations

import asyncio
import atexit
import inspect
import logging
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from ._errors import ConfigError
from ._native import Change, Events, Watcher

if TYPE_CHECKING:
    from ._native import ConfigHandle, Options

    OnChange = Callable[[Change], object]
    OnError = Callable[[ConfigError], object]

_log = logging.getLogger("superconfig")
_log.addHandler(logging.NullHandler())

# How long the end of the interpreter waits for callbacks that are running.
_PATIENCE = 1.0

# What the end of the interpreter, and a fork, have to know.
_delivering: dict[threading.Thread, Events] = {}
_watchers: weakref.WeakSet[Watch] = weakref.WeakSet()
_kept: set[Watch] = set()


def _deliver(events: Events, on_change: OnChange | None, on_error: OnError | None) -> None:
    """What a subscription's thread does."""
    try:
        while (told := events.next()) is not None:
            try:
                if isinstance(told, Change):
                    if on_change is not None:
                        on_change(told)
                elif on_error is not None:
                    on_error(told)
                else:
                    _log.error("the configuration stays as it is: %s", told)
            except BaseException:
                # As for an exception that ends a thread, but the thread goes on.
                _uncaught()
            del told
    finally:
        _delivering.pop(threading.current_thread(), None)


def _uncaught() -> None:
    args = threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread()))
    threading.excepthook(args)


def _check(callback: Callable[..., object] | None, name: str = "callback") -> None:
    """What cannot be called is found out now, and not at the next change."""
    if callback is None:
        return
    if not callable(callback):
        raise TypeError(f"{name} must be callable, not {type(callback).__name__}")
    if inspect.iscoroutinefunction(callback) or inspect.iscoroutinefunction(getattr(callback, "__call__", None)):
        raise TypeError(f"{name} must not be async: it is called by a thread; use `async for change in config.changes()`")


def _start(events: Events, target: Callable[..., None], *args: object) -> None:
    thread = threading.Thread(target=target, args=(events, *args), name="superconfig", daemon=True)
    _delivering[thread] = events
    thread.start()


class Subscription:
    """A function that is called on a thread of its own. Dropping this leaves it in place."""

    def __init__(self, events: Events, on_change: OnChange | None, on_error: OnError | None) -> None:
        self._events = events
        self._process = os.getpid()
        _start(events, _deliver, on_change, on_error)

    def cancel(self) -> None:
        """Takes the function away. A call that is running goes on."""
        self._events.close()

    @property
    def active(self) -> bool:
        """Whether it is called still: nobody has cancelled it, the configuration is there, and the process
        is the one that subscribed."""
        return self._process == os.getpid() and not self._events.closed

    def __repr__(self) -> str:
        return f"<Subscription, {'active' if self.active else 'cancelled'}>"


def on_change(handle: ConfigHandle, pattern: str, callback: OnChange) -> Subscription:
    """``ConfigHandle.on_change``."""
    _check(callback)
    return Subscription(handle._events(pattern, False), callback, None)


def on_error(handle: ConfigHandle, callback: OnError) -> Subscription:
    """``ConfigHandle.on_error``."""
    _check(callback)
    return Subscription(handle._events(None, True), None, callback)


class Watch:
    """Files are watched until this is closed, by itself or as a context manager, or dropped."""

    # What is not built to the end has nothing to close.
    _closed = True

    def __init__(
        self,
        handle: ConfigHandle,
        callback: OnChange | None,
        pattern: str,
        on_error: OnError | None,
        options: Options,
    ) -> None:
        _check(callback)
        _check(on_error, "on_error")
        self._told = (handle, pattern, callback, on_error)
        self._subscription = self._subscribe()
        try:
            self._watcher: Watcher = handle._watcher(options)
        except BaseException:
            self._subscription.cancel()
            raise
        self._closed = False
        _watchers.add(self)

    def _subscribe(self) -> Subscription:
        handle, pattern, callback, on_error = self._told
        return Subscription(handle._events(pattern, True), callback, on_error)

    @property
    def health(self) -> str:
        """How well the files are watched, in words."""
        return self._watcher.health()

    def restart(self) -> None:
        """Begins anew, as is needed in a process that was forked: threads are not."""
        if self._closed:
            raise ValueError("the watch is closed")
        self._watcher.restart()
        self._subscription.cancel()
        self._subscription = self._subscribe()

    def close(self) -> None:
        """Stops watching. The function is not called for later changes."""
        if self._closed:
            return
        self._closed = True
        _kept.discard(self)
        self._watcher.stop()
        self._subscription.cancel()

    async def aclose(self) -> None:
        """The same beside an event loop: a reload that is under way is waited for elsewhere."""
        await asyncio.to_thread(self.close)

    def __enter__(self) -> Watch:
        if self._closed:
            raise ValueError("the watch is closed")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Watch:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Watch, {self.health}>"


def watch(
    handle: ConfigHandle, callback: OnChange | None, pattern: str, on_error: OnError | None, options: Options
) -> Watch:
    """``ConfigHandle.watch``."""
    return Watch(handle, callback, pattern, on_error, options)


def enable_hot_reload(
    handle: ConfigHandle, callback: OnChange | None, pattern: str, on_error: OnError | None, options: Options
) -> Watch:
    """``ConfigHandle.enable_hot_reload``."""
    kept = watch(handle, callback, pattern, on_error, options)
    _kept.add(kept)
    return kept


class _Box:
    """What an asynchronous iterator was not asked for yet. Only the loop's thread touches it."""

    def __init__(self) -> None:
        self.change: Change | None = None
        self.ended = False
        self.news = asyncio.Event()

    def put(self, change: Change) -> None:
        self.change = change if self.change is None else self.change.join(change)
        self.news.set()

    def end(self) -> None:
        self.ended = True
        self.news.set()


def _forward(events: Events, loop: asyncio.AbstractEventLoop, box: _Box) -> None:
    """What the thread of an asynchronous iterator does."""
    try:
        while (told := events.next()) is not None:
            if isinstance(told, Change):
                loop.call_soon_threadsafe(box.put, told)
            else:
                _log.error("the configuration stays as it is: %s", told)
            del told
        loop.call_soon_threadsafe(box.end)
    except RuntimeError:
        # The loop is closed, and nobody waits any more.
        events.close()
    finally:
        _delivering.pop(threading.current_thread(), None)


class Changes:
    """The changes from now on, to be waited for by ``async for``.

    Who is slow gets one change, from what they saw last to what there is now.
    """

    def __init__(self, handle: ConfigHandle, pattern: str = "**", watch: bool = True) -> None:
        self._handle = handle
        self._events = handle._events(pattern, watch)
        self._watcher = handle._watcher() if watch else None
        self._box: _Box | None = None

    def __aiter__(self) -> Changes:
        return self

    async def __anext__(self) -> Change:
        if self._box is None:
            self._box = _Box()
            _start(self._events, _forward, asyncio.get_running_loop(), self._box)
        box = self._box
        while box.change is None:
            if box.ended:
                raise StopAsyncIteration
            box.news.clear()
            await box.news.wait()
        change, box.change = box.change, None
        return change

    async def aclose(self) -> None:
        """Ends it: whoever waits is told that there is no more."""
        self._events.close()
        if self._watcher is not None:
            # A reload that is under way is waited for.
            await asyncio.to_thread(self._watcher.stop)

    async def __aenter__(self) -> Changes:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if hasattr(self, "_events"):
            self._events.close()


def _at_exit() -> None:
    """Before the interpreter ends: nobody may come back to it afterwards."""
    for watched in list(_watchers):
        watched.close()
    threads = list(_delivering.items())
    for _, events in threads:
        events.close()
    until = time.monotonic() + _PATIENCE
    for thread, _ in threads:
        if thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))


def _after_fork() -> None:
    """A child has the values, and none of the threads."""
    _delivering.clear()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
