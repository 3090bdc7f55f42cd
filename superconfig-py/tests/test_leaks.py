"""Memory comes back. `leaks.py` does the same a million times, by hand."""

from __future__ import annotations

import leaks


def test_loads_leave_nothing_behind(file):
    for name, work in leaks.workloads(file).items():
        grown, traced = leaks.measure(work, rounds=300)
        # A few objects may be cached by Python itself; what leaks once a round would be far more.
        assert traced < 16_000, f"{name}: {traced} bytes of Python's objects stayed"
        assert grown < 3_000_000, f"{name}: {grown} bytes stayed resident"
