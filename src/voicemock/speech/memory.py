"""Memory that a decode has freed, given back to the system.

glibc keeps what is freed for the next who asks. Each decode asks for blocks of other sizes, so that over a 20-minute
answer a third more would stay resident than is ever in use (measured: benchmarks/soak.py).
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


def give_back_memory() -> None:
    """Some 10 ms after a long decode; nothing where the C library is not glibc."""
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
