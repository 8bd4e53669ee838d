"""Runs the product as a user does: through its launcher, in a process of its own."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

LAUNCHER = Path(os.environ.get("SLOPE_LAUNCHER", ROOT / "slope"))
"""The launcher under test; the environment variable points the suite at an unpacked distribution instead."""

TIMEOUT_SECONDS = 600
"""Covers a first call that has to build the product; a training of a shipped config takes a few seconds."""


def run_slope(*arguments: str | Path) -> str:
    """Runs one command in the root of the checkout and returns its standard output; any exit code but 0 fails."""
    command = [str(LAUNCHER), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout
