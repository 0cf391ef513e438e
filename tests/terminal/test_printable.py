"""What was said, read or stored is shown and never obeyed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

import voicemock
from tests.hostile.texts import ESCAPES, HOSTILE, MARKUP
from tests.hostile.trial import acts
from voicemock.packs.exhibits import Exhibit
from voicemock.packs.questions import Question
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.report.html import TEMPLATES
from voicemock.terminal.printable import (
    EXCERPT,
    excerpt,
    harmless_cell,
    json_text,
    printable,
    printable_lines,
)
from voicemock.terminal.safe_console import SafeConsole
from voicemock.ui.app import InterviewApp

SOURCE = Path(voicemock.__file__).parent


class TestText:
    """Control characters and what steers the direction of writing are spelled out; all else stays as it is."""

    @pytest.mark.parametrize("text", ESCAPES)
    def test_nothing_acts(self, text: str) -> None:
        assert not acts(printable(f"a{text}b"))
        assert not acts(printable_lines(f"a\n{text}b"))

    def test_it_is_told_what_was_there(self) -> None:
        assert printable("a\x1b[31m\nb\tc\u202e") == "a\\x1b[31m\\nb c\\u202e"

    def test_the_ends_of_lines_stay_where_there_are_many(self) -> None:
        assert printable_lines("a\nb\rc") == "a\nb\\rc"

    @pytest.mark.parametrize("text", ["caf\u00e9 “so” – 85 % …", "日本語", "a\u00a0b", "👩‍💻"])
    def test_what_is_only_unusual_stays(self, text: str) -> None:
        assert printable(text) == text

    @pytest.mark.parametrize("text", [*HOSTILE, "\ud800", "caf\u00e9"])
    def test_json_is_harmless_and_the_same_when_parsed(self, text: str) -> None:
        for indent in (None, 2):
            written = json_text({"a": [text]}, indent=indent)
            assert not acts(written)
            assert json.loads(written) == {"a": [text]}

    def test_json_is_readable_where_it_can_be(self) -> None:
        assert json_text("caf\u00e9") == '"caf\u00e9"'

    def test_a_value_is_quoted_in_one_short_line(self) -> None:
        for value in ("x" * 10**6, "a\nb\x1b", [["x"] * 9] * 9, {"a": 1}, 10**10_000, None, True, 1.5):
            assert len(excerpt(value)) <= EXCERPT
            assert not acts(excerpt(value))
            assert "\n" not in excerpt(value)


class TestConsole:
    """Brackets and colons in a text are text, wherever it stands."""

    def printed(self, *content: object) -> str:
        out = io.StringIO()
        console = SafeConsole(file=out, width=200)
        for each in content:
            console.print(each)
        return out.getvalue()

    @pytest.mark.parametrize("text", HOSTILE)
    def test_nothing_acts(self, text: str) -> None:
        table = Table(text, title=text)
        table.add_row(text)
        assert not acts(self.printed(text, Text(text), table))

    def test_markup_is_printed_as_it_is(self) -> None:
        assert self.printed(MARKUP) == f"{MARKUP}\n"

    def test_styles_of_our_own_still_work(self) -> None:
        out = io.StringIO()
        SafeConsole(file=out, force_terminal=True, color_system="standard").print(
            Text("a\x1b[2J", style="bold")
        )
        assert out.getvalue() == "\x1b[1ma\\x1b[2J\x1b[0m\n"

    def test_an_exhibit_is_only_shown(self) -> None:
        hostile = Exhibit("\x1b[2J", ("[red]A[/]", "\x07"), (("\u202e", "[/nope]"),))
        assert not acts(self.printed(ExhibitView(hostile)))


class TestLiveScreen:
    """The live screen shows a question, a word or a note as it is."""

    async def test_brackets_and_escapes_are_text(self) -> None:
        app = InterviewApp()
        async with app.run_test(size=(100, 30)) as pilot:
            app.show_question(
                Question("own", "behavioral", f"Q {MARKUP} \x1b[2J", type="[/nope]\x1b", exhibit=None), 1, 1
            )
            app.show_note(f"N {MARKUP} \x1b[2J")
            await pilot.pause()
            rows = app.screen._compositor.render_strips()
        shown = "\n".join("".join(segment.text for segment in row) for row in rows)
        assert "Q [red]I[/red] [/nope]" in shown
        assert "N [red]I[/red] [/nope]" in shown
        assert not acts(shown)


class TestNoWayAround:
    """Commands print through `cli.output` and `SafeConsole` only, and pages hold nothing that needs spelling out."""

    def test_no_command_prints_by_itself(self) -> None:
        alone = re.compile(r"\bclick\.(secho|echo)\(|(?<!Safe)Console\(|(?<![.\w])print\(")
        found = [
            f"{path.name}: {line.strip()}"
            for folder in ("cli", "report")
            for path in (SOURCE / folder).glob("*.py")
            for line in path.read_text().splitlines()
            if alone.search(line) and path.name not in ("output.py", "safe_console.py")
        ]
        assert found == []

    def test_style_and_script_reach_the_page_byte_by_byte(self) -> None:
        for name in ("review.css", "review.js", "progress.css"):
            content = (TEMPLATES / name).read_text()
            assert printable_lines(content) == content


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless_cell(cell) == f"'{cell}"
    assert (harmless_cell(-1.5), harmless_cell("1-2"), harmless_cell(None)) == (-1.5, "1-2", None)
