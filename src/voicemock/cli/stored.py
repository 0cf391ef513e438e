"""Opening what is stored, as every command does that reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from voicemock.cli import DEBUG
from voicemock.cli.output import echo
from voicemock.errors import StoreError, UnknownSession
from voicemock.files import sweep
from voicemock.store.database import DATABASE
from voicemock.store.store import Store
from voicemock.terminal.printable import excerpt

NOTHING_YET = (
    "No sessions yet. Record the first one: voicemock practice --count 1 (or watch one: voicemock demo)"
)
EDITING = ".editing-"  # a folder beside the recordings for each editor that has a transcript

# what reading a row raises that was damaged, or written by somebody else
DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


@contextmanager
def open_recordings(folder: Path, *, writes: bool = False, rebuild: bool = False) -> Iterator[Store]:
    """As `open_existing`; what goes wrong with a stored row while it is open is told as the damage that it is
    (StoreError).
    """
    with open_existing(folder, writes=writes, rebuild=rebuild) as store, damage_told(store):
        yield store


@contextmanager
def open_for_list(folder: Path) -> Iterator[Store]:
    """As `open_recordings`, for what lists: where nothing was ever recorded, an empty store. That is no error, and the
    folder is not made.
    """
    if _has_nothing(folder):
        with TemporaryDirectory(prefix="voicemock-empty-") as empty, Store(Path(empty)) as store:
            yield store
        return
    with open_recordings(folder) as store:
        yield store


def open_existing(folder: Path, *, writes: bool = False, rebuild: bool = False) -> Store:
    """The store in `folder`, which reading must not make. Raises UnknownSession where there is none, StoreError where
    only its database is gone; with `rebuild` that is begun anew. Unless the command `writes`, a folder that can only be
    read will do.
    """
    if not (folder / DATABASE).is_file():
        if _has_nothing(folder):
            raise UnknownSession(
                f"there are no recordings in {folder}", "`voicemock practice` makes the first"
            )
        if not rebuild:
            raise StoreError(f"{folder} has recordings and no database", "`voicemock recover` rebuilds it")
    sweep(folder, EDITING)
    return Store(folder, reads=not writes)


def corrected_names(folder: Path) -> tuple[str, ...]:
    """The names that were corrected in these recordings, for the recogniser; none where nothing was recorded yet."""
    from voicemock.store.names import hints

    if not (folder / DATABASE).is_file():
        return ()
    with open_recordings(folder) as store:
        return hints(store)


def _has_nothing(folder: Path) -> bool:
    """Whether there is neither a database nor a recording."""
    from voicemock.store.recordings import recordings

    return not (folder / DATABASE).is_file() and not any(True for _ in recordings(folder))


@contextmanager
def damage_told(store: Store) -> Iterator[None]:
    """What goes wrong with a stored row meanwhile is told as damage: StoreError. With VOICEMOCK_DEBUG it is shown."""
    try:
        yield
    except DAMAGE as error:
        if os.environ.get(DEBUG):
            raise
        raise _damaged(store, error) from error


def _damaged(store: Store, error: Exception) -> StoreError:
    cause = f"{type(error).__name__}: {excerpt(str(error))}"
    return StoreError(
        f"something stored in {store.folder / DATABASE} is not as it was written ({cause})",
        "`voicemock verify` names it",
    )


def tell_lost(store: Store) -> None:
    """Say on standard error that a crash left something, so that nobody takes it for gone."""
    from voicemock.store.recover import lost_line

    if line := lost_line(store):
        echo(line, err=True)


def tell_before_practice(store: Store) -> None:
    """The same; damage to a stored row is told as well, and is no reason not to practise.

    Raises StoreError where the database can't be read at all: nothing could be kept there either.
    """
    sweep(store.folder, EDITING)
    try:
        tell_lost(store)
    except DAMAGE as error:
        echo(_damaged(store, error), err=True)
