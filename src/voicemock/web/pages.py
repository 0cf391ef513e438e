"""What a GET is answered with. It changes nothing: everything that does goes over the WebSocket (see `calls`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from voicemock.errors import DraftError, UnknownQuestion, UnknownSession, UnknownStory, VoicemockError
from voicemock.web import (
    checking,
    days,
    drafting,
    looking_back,
    planning,
    practising,
    preparing,
    replies,
    sounding,
)  # fmt: skip
from voicemock.web.guard import Guard
from voicemock.web.interviews import Services
from voicemock.web.replies import Reply
from voicemock.web.site import Site

QUERY_CHARACTERS = 200
NOT_THERE = (UnknownSession, UnknownStory, UnknownQuestion, DraftError)


def alive(_site: Site) -> Reply:
    return replies.text("yes", HTTPStatus.OK)


def style(site: Site) -> Reply:
    return Reply(site.style, replies.TYPES[".css"])


def asset(site: Site, name: str) -> Reply:
    content = site.assets.get(name)
    if content is None:
        raise UnknownSession("there is no such file", "")
    return Reply(content, replies.TYPES[Path(name).suffix])


ROUTES: Mapping[str, Callable[..., Reply]] = {
    "alive": alive,
    "style.css": style,
    "assets": asset,
    "": practising.start,
    "interview": practising.interview,
    "questions": practising.questions,
    "question": sounding.question,
    "spoken": sounding.spoken,
    "summary": practising.summary,
    "sessions": looking_back.sessions,
    "review": looking_back.review,
    "sound": looking_back.sound,
    "compare": looking_back.compare,
    "search": looking_back.search,
    "progress": looking_back.progress,
    "stories": looking_back.stories,
    "story": looking_back.story,
    "drafts": drafting.drafts,
    "draft": drafting.draft,
    "draft-file": drafting.draft_file,
    "export": looking_back.export,
    "score": checking.score_page,
    "writing": checking.writing_page,
    "plan": planning.plan_page,
    "calendar": planning.calendar,
    "checks": checking.checks_page,
    "outcomes": preparing.outcomes_page,
    "asks": preparing.asks_page,
    "day": days.day_page,
    "day-calendar": days.calendar,
}


class Pages:
    """Answers every GET that passed the guard."""

    def __init__(self, guard: Guard, services: Services) -> None:
        self._guard = guard
        self._site = Site(guard.root, services)

    def __call__(self, target: str, headers: Mapping[str, str]) -> Reply:
        """Never raises: the page says what is wrong."""
        if self._guard.is_entry(target):
            return replies.html(self._site.render("entry.html.j2"), Set_Cookie=self._guard.set_cookie())
        try:
            return self._find(target, headers)
        except NOT_THERE as error:
            return self._error(HTTPStatus.NOT_FOUND, error.problem, error.next_step)
        except VoicemockError as error:
            return self._error(HTTPStatus.CONFLICT, error.problem, error.next_step)
        except Exception as error:  # noqa: BLE001 - no traceback reaches a user
            cause = f"this page could not be made ({type(error).__name__})"
            looked = "`voicemock verify` looks through what is stored"
            return self._error(HTTPStatus.INTERNAL_SERVER_ERROR, cause, looked)

    def _find(self, target: str, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(target)
        name, *rest = unquote(parts.path.removeprefix(self._guard.root)).split("/")
        query = {key: values[0][:QUERY_CHARACTERS] for key, values in parse_qs(parts.query).items()}
        if name == "sound":
            query = {"part": headers.get("Range", "")}
        route = ROUTES.get(name)
        if route is None or not _takes(route, rest, query):
            raise UnknownSession("there is no such page", "")
        return route(self._site, *rest, **query)

    def _error(self, status: int, problem: str, next_step: str) -> Reply:
        return self._site.page("error.html.j2", status, problem=problem, next_step=next_step)


def _takes(route: Callable[..., Reply], rest: list[str], query: Mapping[str, str]) -> bool:
    """Whether an address has the parts that its page needs, and no others."""
    try:
        inspect.signature(route).bind(None, *rest, **query)
    except TypeError:
        return False
    return True
