"""Opening what is stored, as every command does that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicemock.cli.output import echo
from voicemock.errors import StoreError, UnknownSession
from voicemock.printable import excerpt
from voicemock.store import DATABASE, Store

# what reading a row raises that was damaged, or written by somebody else
DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


@contextmanager
def open_recordings(folder: Path, *, rebuild: bool = False) -> Iterator[Store]:
    """The store in `folder`, which reading must not make. Raises UnknownSession where there is none.

    What goes wrong with a stored row while it is open is told as the damage that it is (StoreError). With `rebuild` a
    database that is gone is begun anew where there are recordings.
    """
    if not (folder / DATABASE).is_file() and not (rebuild and _has_recordings(folder)):
        raise UnknownSession(f"there are no recordings in {folder}", "`voicemock practice` makes the first")
    with Store(folder) as store, damage_told(store):
        yield store


def _has_recordings(folder: Path) -> bool:
    from voicemock.audio.length import recordings

    return any(True for _ in recordings(folder))


@contextmanager
def damage_told(store: Store) -> Iterator[None]:
    """What goes wrong with a stored row meanwhile is told as damage: StoreError."""
    try:
        yield
    except DAMAGE as error:
        raise _damaged(store, error) from error


def _damaged(store: Store, error: Exception) -> StoreError:
    cause = f"{type(error).__name__}: {excerpt(str(error))}"
    return StoreError(
        f"something stored in {store.folder / DATABASE} is not as it was written ({cause})",
        "`voicemock verify` names it",
    )


def tell_lost(store: Store) -> None:
    """Say on standard error that a crash left something, so that nobody takes it for gone."""
    from voicemock.recover import lost_line

    if line := lost_line(store):
        echo(line, err=True)


def tell_before_practice(store: Store) -> None:
    """The same; damage to what is stored is told as well, and is no reason not to practise."""
    try:
        tell_lost(store)
    except DAMAGE as error:
        echo(_damaged(store, error), err=True)
