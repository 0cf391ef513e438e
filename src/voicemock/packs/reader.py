"""Reading the YAML that a user edits: where it lies, and errors that name file, entry, line and cause."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NoReturn

from voicemock.errors import PackError
from voicemock.limits import PACK_BYTES, PACK_DEPTH, read_up_to
from voicemock.terminal.printable import excerpt, printable

# The files of a prompts folder that are no question packs.
PHRASES_FILE = "follow-ups.yaml"
ASKS_FILE = "asks.yaml"
_SUFFIXES = (".yaml", ".yml")


class Lines(dict[Any, Any]):
    """A YAML mapping that knows the line it starts on."""

    line: int = 0


def shipped_folder() -> Path:
    """Return the folder of the shipped prompts: inside the wheel, or beside `src` in a checkout."""
    inside = Path(__file__).parents[1] / "prompts"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "prompts"


def pack_files(place: Path) -> tuple[Path, ...]:
    """Return the question packs in a folder, by name; a file stands for itself.

    Raises PackError when there is no such place, or nothing in it that a prompts folder could hold.
    """
    try:
        if place.is_file():
            return (place,)
        if not place.is_dir():
            raise PackError(f"{place}: no such folder", "give a folder of question packs (*.yaml)")
        found = sorted(path for path in place.iterdir() if path.suffix in _SUFFIXES and path.is_file())
    except OSError as error:
        raise PackError(f"{place}: can't be read", error.strerror or "") from error
    if not found:
        raise PackError(f"{place}: no question packs in it", "a pack is a file that ends in .yaml")
    return tuple(path for path in found if path.name not in (PHRASES_FILE, ASKS_FILE))


def read_mapping(path: Path, advice: str = "start from a shipped pack") -> Lines:
    """Return the one mapping that the file holds; raise PackError, with `advice`, when it holds anything else."""
    import yaml

    text = _text_of(path)
    try:
        _refuse_bombs(path, text)
        content = yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f", line {mark.line + 1}" if mark else ""
        raise PackError(f"{path}{at}: not YAML", str(error.problem or error.context)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise PackError(f"{path}: not YAML", " ".join(str(error).split())) from error
    if not isinstance(content, Lines):
        raise PackError(f"{path}: empty, or not a mapping", advice)
    return content


def _text_of(path: Path) -> str:
    try:
        content = read_up_to(path, PACK_BYTES)
        if content is None:
            raise PackError(f"{path}: larger than {PACK_BYTES >> 20} MiB", "split it; a pack is a few pages")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise PackError(f"{path}: can't be read", error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 text", "save it as UTF-8") from error


def _refuse_bombs(path: Path, text: str) -> None:
    """Refuse what no pack needs: a few lines of aliases can stand for gigabytes, nesting ends the C loader's stack and
    the process with it, and a tag says what the loader should make of a text.
    """
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        place = f"{path}, line {event.start_mark.line + 1}" if event.start_mark else str(path)
        if isinstance(event, yaml.AliasEvent):
            raise PackError(f"{place}: an alias (*{excerpt(event.anchor)})", "write it out: packs have none")
        if tag := getattr(event, "tag", None):
            raise PackError(f"{place}: a tag ({excerpt(tag)})", "leave it out; text goes in quotes")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > PACK_DEPTH:
            raise PackError(f"{place}: nested more than {PACK_DEPTH} deep", "start from a shipped pack")


def _loader() -> type[Any]:
    """Return a safe loader, the C one where there is one, that keeps lines and refuses a key given twice."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def mapping(loader: Any, node: yaml.MappingNode) -> Lines:
        lines = Lines(loader.construct_mapping(node, deep=True))
        lines.line = node.start_mark.line + 1
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                twice = f"{excerpt(key.value)} is given twice"
                raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
            seen.add(key.value)
        return lines

    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    return Loader


class Entry:
    """One mapping of a pack, taken field by field; whatever is wrong raises PackError and names the place."""

    def __init__(self, path: Path, name: str, content: Any) -> None:
        self.place = f"{path}, {name}" if name else str(path)
        if not isinstance(content, Lines):
            self.fail("must be a mapping")
        self.content = content
        if name:
            self.place += f" (line {content.line})"

    def fail(self, cause: str, advice: str = "") -> NoReturn:
        raise PackError(f"{self.place}: {cause}", advice)

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys that are not known: a misspelt key must not be lost in silence."""
        known = tuple(known)
        for key in self.content:
            if key not in known:
                self.fail(f"unknown key {excerpt(key)}", _did_you_mean(excerpt(key), known))

    def text(self, key: str) -> str:
        """Return a text with something in it; a missing one is a fault."""
        value = self.content.get(key)
        if value is None or value == "":
            self.fail(f"{key} is missing")
        return self._text(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a missing one is empty."""
        return tuple(self._text(key, value) for value in self.items(key))

    def items(self, key: str) -> list[Any]:
        value = self.content.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(f"{key} must be a list")
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            self.fail(f"unknown {key} {excerpt(value)}", _did_you_mean(excerpt(value), allowed))
        return value

    def number(self, key: str, allowed: range, default: int) -> int:
        value = self.content.get(key, default)
        if type(value) is not int or value not in allowed:  # not isinstance: `true` is an int to Python
            self.fail(f"{key} must be a whole number from {allowed[0]} to {allowed[-1]}")
        return value

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self.fail(f"{key} must be text, not {excerpt(value)}", "put it in quotes")
        if not value.strip():
            self.fail(f"{key} has an empty text")
        return self.shown(key, " ".join(value.split()))

    def shown(self, key: str, text: str) -> str:
        """Return the text if a screen can show all of it."""
        if printable(text) != text:
            self.fail(f"{key} has a control character in {excerpt(text)}", "leave it out")
        return text


def _did_you_mean(word: str, allowed: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, allowed, n=1)
    return f"did you mean {close[0]}?" if close else f"one of {', '.join(sorted(allowed))}"
