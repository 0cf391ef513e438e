"""People known by what is said of them: those served whatever their trade, those met, those who are quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.findings.customer_cues import counts_contact, customer_cue, has_customer, met_them
from voicemock.scoring.findings.people import are_people, quotes_someone


@pytest.mark.parametrize(
    "sentences",
    [
        ["I rang a baker.", "She told me, 'I've stopped opening it.'"],
        ["A dyer in Gdansk, Mrs Nowak, told me, 'I throw half of it away.'"],
        ["A sacristan in Gdansk told us, 'I throw half of it away.'"],
        ["Wanjiru, a weaver, told us, 'I can't read the label.'"],
        ["A diver was still in the shop.", "I asked him whether he'd pay.", "He told me, 'Not once.'"],
        ["A welder in the yard told me that the seam had split."],
        ["A tenor called Marek told me he had stopped coming."],
        ["One of the climbers told me that the rope was wet."],
    ],
)
def test_somebody_from_outside_who_is_quoted_was_met(sentences):
    assert quotes_someone(sentences)


@pytest.mark.parametrize(
    "sentences",
    [
        ["My manager, Dr Lee, told me, 'Ship it.'"],
        ["Ana, our engineer, told me, 'It can't be done.'"],
        ["Peter from finance told us it cost too much."],
        ["I rang a baker.", "My boss was angry.", "She told me, 'Ship it.'"],
        ["Our lawyers told us it was a risk."],
        ["A report told me that it was late."],
        ["A designer told me it looked odd."],
        ["A teammate told me, 'No.'"],
        ["It was a relief for the bakers.", "The call center had less to do, they told us."],
        ["They told me it was late."],
        ["I looked at what makes a presser stop, & the manual told me to clean it."],
    ],
)
def test_a_colleague_or_a_paper_that_is_quoted_is_no_customer(sentences):
    assert not quotes_someone(sentences)


@pytest.mark.parametrize(
    "text",
    [
        "I stayed until closing and spoke to 14 other bakers.",
        "I also took her to a bakery to meet our users.",
        "I went to choir practice, 9 of them, and asked 60 singers.",
        "I asked 40 cyclists where they lock up.",
        "I drove out to two farms to talk to milkers.",
        "I rang thirty accounts that had closed.",
        "We interviewed dormant accounts for a week.",
    ],
)
def test_a_verb_of_contact_may_stand_far_from_i(text):
    assert met_them(text) and customer_cue(text) == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "I stayed late and he spoke to the bakers.",
        "I asked 4 engineers to help.",
        "I watched the printers all night.",
        "I wanted to meet customers one day.",
        "I met the planners on Monday.",
    ],
)
def test_others_deeds_colleagues_things_and_wishes_are_no_contact(text):
    assert not met_them(text)


@pytest.mark.parametrize(
    "text",
    [
        "The wearers complained about the strap.",
        "Learners wait 9 weeks for a test.",
        "We served 40,000 swimmers a year.",
        "Traders paid twice.",
        "Cyclists needed a dry place.",
    ],
)
def test_those_who_want_pay_or_wait_are_served(text):
    assert has_customer(text)


@pytest.mark.parametrize(
    "text",
    [
        "The servers needed more memory.",
        "The sensors left the line.",
        "After talks with the publishers we got a permit.",
        "The numbers got worse.",
        "The engineers wanted more time.",
        "Managers wanted a report.",
        "Orders waited.",
    ],
)
def test_things_and_colleagues_are_not(text):
    assert not has_customer(text)


@pytest.mark.parametrize(
    "text", ["I asked 50 skaters.", "I watched 84 loads.", "We interviewed about 20 weavers."]
)
def test_how_many_were_met_is_a_number(text):
    assert counts_contact(text)


@pytest.mark.parametrize("text", ["I asked 50 engineers.", "I asked two weavers.", "We shipped 50 looms."])
def test_colleagues_a_few_or_things_made_are_none(text):
    assert not counts_contact(text)


def test_people_are_told_from_things_by_the_look_of_the_word():
    assert are_people("gardeners") and are_people("cyclists")
    assert not are_people("orders") and not are_people("sensors") and not are_people("gardener")


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_read(sentences):
    quotes_someone(sentences)
