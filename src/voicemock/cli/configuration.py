"""What a user has settled once for all commands: a small TOML file that voicemock reads and never writes."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from voicemock.errors import UsageProblem
from voicemock.limits import PACK_BYTES, read_up_to
from voicemock.terminal.printable import excerpt

CONFIG = "VOICEMOCK_CONFIG"
EXAMPLE = 'such as mind = "http://localhost:11434/v1#qwen2.5:7b"'


@dataclass(frozen=True, slots=True)
class Configuration:
    """An option of the command line goes before it, and so does a variable of the environment."""

    mind: str | None = None
    mind_may_leave_this_machine: bool = False


def path_of_configuration() -> Path:
    """VOICEMOCK_CONFIG, else voicemock/config.toml in the folder for such files."""
    named = os.environ.get(CONFIG)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "voicemock" / "config.toml"


def read_configuration() -> Configuration:
    """The settings; all their defaults where there is no file. Raises UsageProblem."""
    path = path_of_configuration()
    try:
        content = read_up_to(path, PACK_BYTES)
        found = tomllib.loads((content or b"").decode())
    except (FileNotFoundError, NotADirectoryError):
        if os.environ.get(CONFIG):
            raise UsageProblem(f"{path} does not exist", f"{CONFIG} names it") from None
        return Configuration()
    except (OSError, ValueError) as error:
        cause = " ".join(str(error).split())
        raise UsageProblem(f"{path} can't be read ({cause})", f"it is TOML, {EXAMPLE}") from None
    kinds = {each.name: (bool if each.default is False else str) for each in fields(Configuration)}
    for name, value in found.items():
        if name not in kinds:
            known = ", ".join(kinds)
            raise UsageProblem(f"{path} has an unknown setting {excerpt(name)}", f"it may have {known}")
        if not isinstance(value, kinds[name]):
            raise UsageProblem(
                f"{path}: {name} is {excerpt(value)}", EXAMPLE if name == "mind" else "true or false"
            )
    return Configuration(**found)
