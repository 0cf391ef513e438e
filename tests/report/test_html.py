"""The page: hostile words stay words, nothing is fetched, and the sound inside is the sound recorded."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session
from voicemock.report.build import review_session
from voicemock.report.html import TEMPLATES, render_page
from voicemock.report.page_sound import mp3
from voicemock.store.store import Store
from voicemock.transcript import Word

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "{{7*7}}",
    "' onmouseover='alert(1)",
    "</p></li><iframe src=//evil.example>",
    "<!--",
    "]]>",
)


class Elements(HTMLParser):
    """Counts elements and collects attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(store: Store) -> str:
    return render_page(review_session(store, "last"))


class TestHostileWords:
    """Whatever the recogniser prints, or a file says, is shown and never obeyed."""

    @pytest.mark.parametrize("words", HOSTILE)
    def test_it_adds_no_element_wherever_it_stands(self, words: str, tmp_path: Path) -> None:
        tame = Elements(self._page(tmp_path / "tame", " ".join("word" for _ in words.split())))
        hostile = Elements(self._page(tmp_path / "hostile", words))
        assert hostile.tags == tame.tags
        assert words.split()[0] in hostile.text
        assert not [name for name, _ in hostile.attributes if name.startswith("on")]

    def _page(self, folder: Path, said: str) -> str:
        debrief = {
            "verdict": said,
            "bar_raiser": {"line": said},
            "rows": [{"interviewer": said, "round": "r", "note": said}],
        }
        with stored_session(folder, audio_s=0, settings={"debrief": debrief}) as store:
            spoken = [Word(token, i, i + 0.5) for i, token in enumerate(said.split())]
            scored = score(
                sentences=[{"text": said, "start": 0.0, "end": 2.0, "star": "S"}], strength=said,
                metrics=[{"sentence": 0, "text": said, "role": "result", "kind": "count", "unit": said, "after": 1}],
                verdict=said, vague=[], inconsistencies=[{"sentence": 0, "said": said, "computed": said}],
                fixes=[{"dimension": said, "sentence": 0, "say": said}],
                principles=[{"slug": said, "named": True, "demonstrated": True, "evidence": [0]}],
            )  # fmt: skip
            events = [{"type": "interrupt", "t": 1.0, "kind": said, "question": said, "after": said}]
            details = {
                "question": {"exhibit": {"title": said, "columns": [said], "rows": [[said]]}},
                "unclear": [{"start": 0, "end": 1, "text": said}],
            }
            add_answer(
                store,
                3,
                question=said,
                spoken=spoken,
                scored=scored,
                events=events,
                details=details,
                principle=said,
            )
            return page_of(store)


class TestSelfContained:
    def test_the_page_names_no_address_to_fetch(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            attributes = Elements(page_of(store)).attributes
        fetched = [value for name, value in attributes if name in ("src", "href", "srcset", "action", "data")]
        assert all(value.startswith("#") or value == "data:," for value in fetched)

    def test_the_policy_allows_nothing_but_its_own_script_and_style(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            policy = dict(Elements(page_of(store)).attributes)["content"] if False else page_of(store)
        content = re.search(r'Content-Security-Policy" content="([^"]+)"', policy)
        assert content is not None
        assert content[1].startswith("default-src &#39;none&#39;") or content[1].startswith(
            "default-src 'none'"
        )
        assert "unsafe" not in content[1]
        assert "http" not in content[1]

    def test_style_and_script_load_nothing(self) -> None:
        for name in ("review.css", "review.js"):
            text = (TEMPLATES / name).read_text()
            assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|WebSocket|https?:", text)

    def test_no_style_is_written_on_an_element(self, tmp_path: Path) -> None:
        """The policy would drop it."""
        with stored_session(tmp_path, audio_s=1) as store:
            assert "style" not in dict(Elements(page_of(store)).attributes)

    def test_the_sound_inside_is_the_recording(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            inside = re.findall(r'class="sound">([^<]+)<', page_of(store))
        assert base64.b64decode(inside[0]) == mp3(tmp_path / SESSION / "1.wav")

    def test_a_recording_that_can_not_be_read_is_said_and_hides_nothing(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            (tmp_path / SESSION / "1.wav").write_bytes(b"no sound")
            page = page_of(store)
        assert "The recording is not here, or can't be played." in page
        assert 'class="sentence' in page

    def test_without_its_recording_an_answer_is_still_shown(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=0) as store:
            page = page_of(store)
        assert "The recording is not here, or can't be played." in page
        assert "bakery" in page


class TestForEverybody:
    def test_every_button_says_what_it_does(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            buttons = re.findall(r"<button [^>]*>", page_of(store))
        assert buttons
        assert all("aria-label=" in button for button in buttons)

    def test_ids_are_not_used_twice(self, tmp_path: Path) -> None:
        with stored_session(tmp_path, audio_s=1) as store:
            ids = [value for name, value in Elements(page_of(store)).attributes if name == "id"]
        assert len(ids) == len(set(ids))

    def test_the_words_read_as_they_were_said(self, tmp_path: Path) -> None:
        """No space is lost or added around a mark; the tag that follows a mark is not a word of it."""
        with stored_session(tmp_path, audio_s=1) as store:
            page = re.sub(r'<span class="tag[^>]*>[^<]*</span>', "", page_of(store))
        text = " ".join(Elements(page).text.split())
        assert "a 75% improvement, and abandonment fell by 3.2%." in text
