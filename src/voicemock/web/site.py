"""What every page is made with: the templates, the assets, the recordings, and where all of it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from voicemock.packs.examples import Example, load_examples
from voicemock.packs.questions import Question, load_questions
from voicemock.report import html as report
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.store.store import Store
from voicemock.terminal.printable import printable_lines
from voicemock.web import replies
from voicemock.web.interviews import Services
from voicemock.web.reading import Reader
from voicemock.web.replies import Reply

HERE = Path(__file__).parent
STYLE = ("review.css", "progress.css")  # of the report's pages; ours comes after them


class Site:
    """`root` is the path under which everything lies."""

    def __init__(self, root: str, services: Services) -> None:
        self.root = root
        self.services = services

    @contextmanager
    def store(self) -> Iterator[Store]:
        """A connection of the request's own: requests come in threads."""
        with Store(self.services.recordings) as store:
            yield store

    def page(self, template: str, status: int = 200, **values: Any) -> Reply:
        return replies.html(self.render(template, **values), status)

    def render(self, template: str, **values: Any) -> str:
        page = self._environment.get_template(template)
        return printable_lines(page.render(root=self.root, **values))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those of the packs, read once: it takes some 0.2 s. Raises PackError."""
        return load_questions(self.services.prompts)

    @cached_property
    def examples(self) -> Mapping[str, Example]:
        """What good sounds like, by the ids of the questions. Raises PackError."""
        return load_examples({each.id for each in self.questions}, self.services.prompts)

    @cached_property
    def reader(self) -> Reader:
        return Reader(lambda: self.services.read_aloud(self.services.voice))

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """Every file that may be asked for, read once: no path is ever made of what a request says."""
        files = [path for path in (HERE / "assets").iterdir() if path.suffix in replies.TYPES]
        return {path.name: path.read_bytes() for path in (*files, report.TEMPLATES / "review.js")}

    @cached_property
    def style(self) -> bytes:
        """One stylesheet: that of the review and progress pages, and what an app needs beside it."""
        parts = [*(report.TEMPLATES / name for name in STYLE), HERE / "assets" / "web.css"]
        return b"\n".join(path.read_bytes() for path in parts)

    @cached_property
    def _environment(self) -> Environment:
        loaders = [FileSystemLoader(HERE / "templates"), FileSystemLoader(report.TEMPLATES)]
        environment = report.environment().overlay(loader=ChoiceLoader(loaders))
        environment.globals.update(rounds=ROUNDS, principles=PRINCIPLES)
        return environment
