"""Drafts on the page: the form, what it is told while somebody types, and the way into an interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.coaching.told import DRAFT, TOLD, score_of
from tests.stored import add_answer
from tests.web.serving import Served, asks, no_desk, scorer, serving
from voicemock.cli.practice import choose
from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import keep, kept_draft, kept_drafts
from voicemock.store.store import Store
from voicemock.web.interviews import Interviews, Services

HOOK = "A nurse told me that she waits 12 minutes."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A draft that was told, and one that was not."""
    folder = tmp_path / "recordings"
    with Store(folder) as store:
        keep(store, replace(DRAFT, id=""))
        keep(store, Draft(title="Oven <b>", principle="frugality", parts={"hook": "A baker."}))
        drafted = {"id": "d1", **DRAFT.as_dict()}
        add_answer(store, "s1/1", " ".join(TOLD), scored=score_of(), details={"draft": drafted})
    with serving(folder) as served:
        yield served


def shown(served: Served, path: str) -> str:
    status, _, body = served.get(path)
    assert status == 200, body
    return body.decode()


def kept(served: Served) -> list[str]:
    with Store(served.folder) as store:
        return [each.draft.id for each in kept_drafts(store)]


class TestPages:
    """What a GET shows."""

    def test_a_draft_is_shown_in_its_fields(self, served: Served) -> None:
        page = shown(served, "draft/d1")
        assert DRAFT.text("result") in page
        assert 'value="Ward printer"' in page
        assert "review/s1#answer-1" in page
        assert "<style" not in page and " style=" not in page and "<script>" not in page

    def test_every_field_has_a_label(self, served: Served) -> None:
        page = shown(served, "draft")
        for key in ("title", "principle", "question", *DRAFT.parts):
            assert f'<label for="{key}">' in page

    def test_a_new_one_may_begin_with_a_principle(self, served: Served) -> None:
        assert '<option value="dive-deep" selected>' in shown(served, "draft?principle=dive-deep")
        assert served.get("draft?principle=kindness")[0] == 409

    def test_what_is_not_there_is_not_found(self, served: Served) -> None:
        assert served.get("draft/d9")[0] == 404
        assert served.get("draft-file/d9")[0] == 404

    def test_the_list_says_which_were_never_told(self, served: Served) -> None:
        page = shown(served, "drafts")
        assert "Customer Obsession, told once" in page
        assert "Frugality, never told" in page
        assert "Oven &lt;b&gt;" in page

    def test_the_stories_show_drafts_that_were_never_told_and_the_gaps_they_fill(
        self, served: Served
    ) -> None:
        page = shown(served, "stories")
        assert "Frugality, which no story shows yet" in page
        assert "draft/d2" in page and "draft/d1" not in page

    def test_a_draft_can_be_taken_away_as_markdown(self, served: Served) -> None:
        status, headers, body = served.get("draft-file/d1")
        assert status == 200
        assert headers["Content-Disposition"] == 'attachment; filename="voicemock-d1.md"'
        assert body.decode().startswith("# Ward printer\n")

    def test_the_review_shows_what_became_of_the_draft(self, served: Served) -> None:
        page = shown(served, "review/s1")
        assert "Against draft d1, Ward printer" in page
        assert "Time by part" in page
        assert "6 of 7 sentences said" in shown(served, "summary/s1/1")


class TestTyping:
    """Each pause sends the whole form."""

    def ask(self, served: Served, **typed: Any) -> dict[str, Any]:
        with served.page() as page:
            return asks(page, "draft", **typed)

    def test_it_is_kept_and_read(self, served: Served) -> None:
        value = self.ask(served, id="", title="Ward", principle=None, question="", parts={"hook": HOOK})[
            "value"
        ]
        assert (value["id"], value["parts"]["hook"], value["length"]) == ("d3", "0:03", "short")
        assert "Task: What you had to reach, and by when." in value["missing"]
        with Store(served.folder) as store:
            assert kept_draft(store, "d3").draft.text("hook") == HOOK

    def test_the_next_pause_writes_to_the_same_draft(self, served: Served) -> None:
        self.ask(served, id="d2", title="Oven", principle="frugality", question="", parts={"hook": HOOK})
        assert kept(served) == ["d1", "d2"]

    def test_an_empty_form_is_read_and_not_kept(self, served: Served) -> None:
        value = self.ask(served, id="", title="", principle="frugality", question="", parts={})["value"]
        assert value["id"] == ""
        assert kept(served) == ["d1", "d2"]

    def test_a_draft_that_was_removed_meanwhile_does_not_come_back(self, served: Served) -> None:
        with served.page() as page:
            assert "error" not in asks(page, "remove_draft", id="d2")
            answer = asks(page, "draft", id="d2", title="Oven", parts={"hook": HOOK})
        assert "there is no draft" in answer["error"]["problem"]
        assert kept(served) == ["d1"]

    @pytest.mark.parametrize(
        "typed", [{"parts": 3}, {"title": 5}, {"principle": "kindness"}, {"parts": {"hook": ["x"]}}]
    )
    def test_what_is_no_draft_is_refused(self, served: Served, typed: dict[str, Any]) -> None:
        assert "this is no draft" in self.ask(served, **typed)["error"]["problem"]


def test_an_interview_can_be_held_for_a_draft(served: Served) -> None:
    services = Services(served.folder, None, None, None, no_desk, None, choose, scorer(served.folder))
    with Store(served.folder) as store:
        plan = Interviews(services)._plan(store, {"draft": "d1"})
        again = Interviews(services)._plan(store, {"retry": "s1/1"})
    assert plan.questions[0].text == DRAFT.question
    assert plan.notes["draft"]["id"] == again.notes["draft"]["id"] == "d1"
