"""What real interviews brought, what to ask and a whole day, in a browser and by the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.watching import SOON_MS, Watched, in_both_schemes, opened, sideways
from tests.stored import add_answer, score
from tests.web.serving import Served
from voicemock.coaching import kept_asks, kept_outcomes
from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import keep
from voicemock.coaching.plan.kept import local_today
from voicemock.interview.loop.kept_days import kept_day
from voicemock.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
pytestmark = pytest.mark.browser


def on_a_phone(browser: Browser, served: Served, path: str) -> Watched:
    watched = opened(browser, served)
    watched.page.set_viewport_size(PHONE)
    watched.page.goto(served.url(path))
    return watched


def keeps_nobody_out(watched: Watched) -> None:
    assert in_both_schemes(watched.page) == []
    assert sideways(watched.page) == 0
    assert (watched.complaints, watched.elsewhere) == ([], [])


def press(page: Page, selector: str) -> None:
    """As somebody does who has no mouse, once the page is there with its scripts."""
    page.wait_for_load_state("load")
    page.focus(selector)
    page.keyboard.press("Enter")


def test_a_real_interview_is_kept_changed_and_removed_by_keys(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "outcomes")
    page = watched.page
    keeps_nobody_out(watched)
    page.focus("#company-new")
    page.keyboard.type("Northwind")
    page.focus("input[name=result] >> nth=0")
    page.keyboard.press("Space")
    page.focus("#company-new")
    page.keyboard.press("Enter")
    watched.says("Kept.")
    press(page, "#o1 summary")
    keeps_nobody_out(watched)
    page.locator("#o1 input[name=result] >> nth=0").focus()
    page.keyboard.press("ArrowRight")
    press(page, "#o1 form button")
    watched.says("Changed.")
    with Store(served.folder) as store:
        assert [(each.company, each.result) for each in kept_outcomes.kept_outcomes(store)] == [
            ("Northwind", "next")
        ]
    assert page.evaluate("document.activeElement.closest('li').id") == "o1"
    page.keyboard.press("Enter")
    press(page, "#o1 [data-remove]")
    page.keyboard.press("Escape")
    press(page, "#o1 [data-remove]")
    press(page, "#sure button[value=yes]")
    watched.says("Removed.")
    page.wait_for_selector("#o1", state="detached", timeout=SOON_MS)
    page.context.close()


def test_questions_are_written_taken_and_put_in_order_by_keys(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "asks")
    page = watched.page
    keeps_nobody_out(watched)
    page.fill("#text-new", "What surprised you when you joined?")
    press(page, "form[data-id=''] button")
    watched.shows("#a1")
    press(page, ".more summary >> nth=0")
    press(page, "[data-take] >> nth=0")
    watched.shows("#a2")
    keeps_nobody_out(watched)
    press(page, "#up-a2")
    watched.says("Moved.")
    with Store(served.folder) as store:
        assert [ask.id for ask in kept_asks.kept_asks(store)] == ["a2", "a1"]
    page.context.close()


def test_a_day_is_planned_changed_and_taken_along(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "day")
    page = watched.page
    keeps_nobody_out(watched)
    page.fill("#rounds", "2")
    page.fill("#pause", "30")
    press(page, "[data-keep=day] button")
    watched.shows(".hours")
    keeps_nobody_out(watched)
    with page.expect_download() as download:
        page.click("a[download]")
    assert Path(download.value.path()).read_bytes().count(b"BEGIN:VEVENT") == 2
    with Store(served.folder) as store:
        before = kept_day(store, local_today())
    press(page, ".change summary")
    page.fill("#minutes", "60")
    keeps_nobody_out(watched)
    press(page, "[data-keep=day] button")
    watched.says("2 rounds of 60 minutes, 30 between them.")
    with Store(served.folder) as store:
        after = kept_day(store, local_today())
    assert before is not None and after is not None
    assert after.plan == before.plan
    press(page, "[data-remove]")
    press(page, "#sure button[value=yes]")
    watched.says("None is planned for this date.")
    page.context.close()


def test_a_day_is_held_from_its_page(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "day")
    page = watched.page
    press(page, "[data-keep=day] button")
    watched.shows("[data-hold]")
    wanted = []
    served.room.begin = lambda given: wanted.append(given)  # type: ignore[method-assign]
    press(page, "[data-hold]")
    page.wait_for_url("**/interview")
    assert wanted == [{"day": local_today().isoformat()}]
    page.context.close()


def test_trouble_is_told_and_nothing_is_kept(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "day")
    page = watched.page
    page.fill("#start", "23:00")
    press(page, "[data-keep=day] button")
    watched.says("the day would end after midnight")
    with Store(served.folder) as store:
        assert kept_day(store, local_today()) is None
    page.context.close()


def test_as_on_the_day_goes_along_to_a_draft_and_to_the_same_question_again(
    browser: Browser, served: Served
) -> None:
    with Store(served.folder) as store:
        keep(store, Draft("", "Ward", "customer-obsession", "", {"hook": "A nurse waited an hour."}))
        add_answer(store, "s9/1", scored=score(3.0))
    watched = opened(browser, served)
    page = watched.page
    page.click(".ways summary")
    page.fill("#think", "30")
    page.check("#rate_yourself")
    wanted = []
    served.room.begin = lambda given: wanted.append(given)  # type: ignore[method-assign]
    for path, button in (("draft/d1", "#tell:enabled"), ("review/s9", "[data-again]")):
        page.goto(served.url(path))
        page.click(button)
        page.wait_for_url("**/interview")
    assert [(each.get("think"), each.get("rate_yourself")) for each in wanted] == [(30, True)] * 2
    assert [wanted[0].get("draft"), wanted[1].get("retry")] == ["d1", "s9/1"]
    page.goto(served.url(""))
    assert page.input_value("#think") == "30"
    page.context.close()


def test_the_sign_of_what_can_be_opened_is_whole_on_a_phone(browser: Browser, served: Served) -> None:
    watched = on_a_phone(browser, served, "question/own-01")
    inside = "getComputedStyle(document.querySelector('.more summary')).listStylePosition"
    assert watched.page.evaluate(inside) == "inside"
    watched.page.context.close()
