"""A CV or a job description as lines of text: PDF, Word, or text as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from voicemock.errors import DocumentError
from voicemock.limits import read_up_to
from voicemock.terminal.printable import printable

DOCUMENT_BYTES = 1 << 23  # a CV with a photograph has a megabyte or two
UNPACKED_BYTES = 1 << 25  # of a Word file, which is a ZIP
PAGES = 30
CHARACTERS = 200_000
AS_TEXT = "save it as text and give that"
_BULLET = re.compile(r"^\s*(?:[-*•▪◦●·–—]|\(?\d{1,2}[.)])\s+")
_ENDS = (".", "!", "?", ":", ";")


def read_document(path: Path) -> tuple[str, ...]:
    """The lines of a document, each whole: a line that a page broke is put together. Raises DocumentError."""
    try:
        content = read_up_to(path, DOCUMENT_BYTES)
    except OSError as error:
        raise DocumentError(f"{path} can't be read ({error.strerror})", "check the name") from None
    if content is None:
        raise DocumentError(f"{path} is larger than {DOCUMENT_BYTES >> 20} MiB", AS_TEXT)
    text = _text_of(path, content)[:CHARACTERS]
    lines = tuple(_whole_lines(text))
    if not lines:
        raise DocumentError(f"{path} holds no text", f"a scan is a picture: {AS_TEXT}")
    return lines


def _text_of(path: Path, content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return _pdf(path, content)
    if content.startswith(b"PK\x03\x04"):
        return _word(path, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise DocumentError(f"{path} is not a PDF, a Word file (.docx) or UTF-8 text", AS_TEXT)
    return text


def _pdf(path: Path, content: bytes) -> str:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise DocumentError(f"{path} is locked with a password", AS_TEXT)
        return "\n".join(page.extract_text() for page in reader.pages[:PAGES])
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged PDF raises whatever its reader trips over
        raise DocumentError(f"{path} is not a readable PDF ({type(error).__name__})", AS_TEXT) from None


def _word(path: Path, content: bytes) -> str:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES:
                raise DocumentError(f"{path} unpacks to more than {UNPACKED_BYTES >> 20} MiB", AS_TEXT)
        document = docx.Document(io.BytesIO(content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        what = f"{path} is no Word file (.docx) that can be read ({type(error).__name__})"
        raise DocumentError(what, AS_TEXT) from None


def _whole_lines(text: str) -> Iterator[str]:
    """Bullets without their signs; a line that begins with a small letter goes on from the one before."""
    held = ""
    for raw in text.splitlines():
        line = " ".join(printable(_BULLET.sub("", raw)).split())
        goes_on = held and line[:1].islower() and not held.endswith(_ENDS) and not _BULLET.match(raw)
        if goes_on:
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held
