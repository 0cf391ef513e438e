"""Running what is in `benchmarks/` as a user runs it: a fresh process, which may fork and be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 300.0  # far above what the small runs take


def run_benchmark(name: str, *arguments: str) -> str:
    """What it printed; it must succeed."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
