"""Waiting for a key between two questions."""

from __future__ import annotations

import click
import pytest

from voicemock.cli.run import wait_for_key


@pytest.mark.parametrize("ends", [KeyboardInterrupt, EOFError])
def test_ctrl_c_is_no_key_like_any_other(monkeypatch: pytest.MonkeyPatch, ends: type[BaseException]) -> None:
    def getchar() -> str:
        raise ends

    monkeypatch.setattr(click, "getchar", getchar)
    if ends is EOFError:
        wait_for_key("Press any key …")
        return
    with pytest.raises(KeyboardInterrupt):
        wait_for_key("Press any key …")
