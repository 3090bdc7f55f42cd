"""What the tests have in common."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from superconfig import ConfigBuilder, ConfigHandle


@pytest.fixture
def toml() -> Callable[[str], ConfigHandle]:
    """Loads a text that messages call app.toml."""
    return lambda text: ConfigBuilder().with_text(text, name="app.toml").build()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one setting."""
    path = tmp_path / "app.toml"
    path.write_text("port = 80\n")
    return path


def wait_for(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Waits until something has happened; a machine may be slow, but not as slow as this."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.005)


def run(script: str, *arguments: object, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
    """Runs a program of its own."""
    command = [sys.executable, "-W", "error", "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
