"""The pages: what a GET is answered with. Everything that changes something goes over the WebSocket (see `calls`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from voicemock.errors import UnknownSession, VoicemockError
from voicemock.packs.questions import load_questions
from voicemock.report import html as report
from voicemock.report.build import review_answer, review_session
from voicemock.report.page_sound import mp3
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.store.store import Store
from voicemock.web import replies
from voicemock.web.guard import Guard
from voicemock.web.interviews import STYLES, Services
from voicemock.web.replies import Reply

HERE = Path(__file__).parent
STYLE = ("review.css", "progress.css")  # of the report's pages; ours comes after them
QUERY_CHARACTERS = 200


class Pages:
    """Answers every GET that passed the guard."""

    def __init__(self, guard: Guard, services: Services) -> None:
        self._guard = guard
        self._services = services
        self._routes: Mapping[str, Callable[..., Reply]] = {
            "": self._start,
            "interview": self._interview,
            "alive": lambda: replies.text("yes", HTTPStatus.OK),
            "style.css": lambda: Reply(self._style, replies.TYPES[".css"]),
            "assets": self._asset,
            "review": self._review,
            "summary": self._summary,
            "sound": self._sound,
        }

    def __call__(self, target: str, headers: Mapping[str, str]) -> Reply:
        """Never raises: the page says what is wrong."""
        try:
            return self._find(target, headers)
        except UnknownSession as error:
            return self._error(HTTPStatus.NOT_FOUND, error.problem, error.next_step)
        except VoicemockError as error:
            return self._error(HTTPStatus.CONFLICT, error.problem, error.next_step)
        except Exception as error:  # noqa: BLE001 - no traceback reaches a user
            cause = f"this page could not be made ({type(error).__name__})"
            looked = "`voicemock verify` looks through what is stored"
            return self._error(HTTPStatus.INTERNAL_SERVER_ERROR, cause, looked)

    def _find(self, target: str, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(target)
        if self._guard.is_entry(target):
            return replies.html(self._render("entry.html.j2"), Set_Cookie=self._guard.set_cookie())
        name, *rest = unquote(parts.path.removeprefix(self._guard.root)).split("/")
        route = self._routes.get(name)
        if route is None:
            return self._error(HTTPStatus.NOT_FOUND, "there is no such page", "")
        query = {key: values[0][:QUERY_CHARACTERS] for key, values in parse_qs(parts.query).items()}
        if name == "sound":
            query = {"part": headers.get("Range", "")}
        try:
            return route(*rest, **query)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise  # it is not about these words
            return self._error(HTTPStatus.NOT_FOUND, "there is no such page", "")

    # --- the pages ------------------------------------------------------------------------------------------

    def _start(self) -> Reply:
        questions = load_questions(self._services.prompts)
        return self._page(
            "start.html.j2", rounds=ROUNDS, principles=PRINCIPLES, styles=STYLES, questions=questions
        )

    def _interview(self) -> Reply:
        return self._page("interview.html.j2")

    def _review(self, session: str) -> Reply:
        with self._store() as store:
            found = review_session(store, session)
        return self._page("session.html.j2", session=found)

    def _summary(self, session: str, number: str) -> Reply:
        with self._store() as store:
            answer = review_answer(store, f"{session}/{number}")
        return self._page("answered.html.j2", answer=answer, score=answer.score)

    def _sound(self, session: str, number: str, part: str = "") -> Reply:
        with self._store() as store:
            answer = review_answer(store, f"{session}/{number.removesuffix('.mp3')}")
        if answer.audio is None:
            raise UnknownSession(f"the recording of {answer.id} is not here", "")
        return replies.part(mp3(answer.audio), "audio/mpeg", part)

    # --- what they are made of ------------------------------------------------------------------------------

    def _asset(self, name: str) -> Reply:
        content = self._assets.get(name)
        if content is None:
            return self._error(HTTPStatus.NOT_FOUND, "there is no such file", "")
        return Reply(content, replies.TYPES[Path(name).suffix])

    def _error(self, status: int, problem: str, next_step: str) -> Reply:
        page = self._render("error.html.j2", problem=problem, next_step=next_step)
        return replies.html(page, status)

    def _page(self, template: str, **values: Any) -> Reply:
        return replies.html(self._render(template, **values))

    def _render(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(root=self._guard.root, **values)

    def _store(self) -> Store:
        return Store(self._services.recordings)

    @cached_property
    def _environment(self) -> Environment:
        theirs = report.environment()
        loaders = [FileSystemLoader(HERE / "templates"), FileSystemLoader(report.TEMPLATES)]
        return theirs.overlay(loader=ChoiceLoader(loaders))

    @cached_property
    def _assets(self) -> dict[str, bytes]:
        """Every file that may be asked for, read once: no path is ever made of what a request says."""
        files = [path for path in (HERE / "assets").iterdir() if path.suffix in replies.TYPES]
        return {path.name: path.read_bytes() for path in (*files, report.TEMPLATES / "review.js")}

    @cached_property
    def _style(self) -> bytes:
        """One stylesheet: that of the review and progress pages, and what an app needs beside it."""
        parts = [*(report.TEMPLATES / name for name in STYLE), HERE / "assets" / "web.css"]
        return b"\n".join(path.read_bytes() for path in parts)
