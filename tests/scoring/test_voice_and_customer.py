"""Who acts, who decides, who is blamed; and how the candidate knows what customers feel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.findings.customer_cues import (
    customer_cue,
    has_customer,
    has_customer_quote,
)
from voicemock.scoring.findings.ownership import (
    blames,
    chooses_without_reason,
    decides,
    influences,
    says_we_only,
    voice_of,
)


class TestVoice:
    def test_the_share_counts_acts_and_no_opinions(self):
        voice = voice_of(["I wrote the test and we ran it.", "I think we shipped it."])
        assert (voice.i, voice.we) == (1, 2)
        assert voice.i_share == pytest.approx(1 / 3)

    def test_no_actor_gives_no_share(self):
        assert voice_of(["It rained."]).i_share is None

    def test_notes_without_a_subject_are_ones_own_deeds(self) -> None:
        assert voice_of(["Rewrote the price list.", "Called nine landlords."]).i_share == 1.0
        assert voice_of(["Called nine landlords.", "We wrote it down."]).i_share == 0.0

    def test_we_without_i_is_fog(self):
        assert says_we_only("We rolled it out.")
        assert not says_we_only("We rolled out what I had built.")

    @pytest.mark.parametrize(
        "text", ["I said no.", "I decided to wait.", "I turned it down.", "It was my call."]
    )
    def test_a_decision_is_the_candidates(self, text):
        assert decides(text)

    def test_influence_is_heard(self):
        assert influences("The finance lead was against it, so I showed her the sheet.")

    def test_blame_needs_that_no_own_part_is_admitted(self):
        assert blames("Engineering was late and they didn't deliver.")
        assert not blames("They didn't deliver, and that was on me.")

    def test_what_was_not_right_gives_nobody_their_due(self):
        assert blames("They ignored us, and that was not right.")
        assert blames("They ignored us, which was never right.")

    @pytest.mark.parametrize(
        "text",
        [
            "She had a fair point, and I told her so.",
            "They were right, and I told them so.",
            "0 drivers were sent to the wrong dock because of her.",
            "The launch works because of him.",
        ],
    )
    def test_giving_others_their_due_is_no_blame(self, text):
        assert not blames(text)

    @pytest.mark.parametrize(
        "text",
        ["I'd been right, and I told them so.", "I told him so many times.", "It was late because of her."],
    )
    def test_claiming_to_have_been_right_is(self, text):
        assert blames(text)

    def test_a_choice_without_a_reason_is_told_from_one_with(self):
        assert chooses_without_reason("I went with a message queue.")
        assert not chooses_without_reason("I went with a queue because orders came in bursts.")


class TestCustomer:
    @pytest.mark.parametrize(
        "text",
        [
            "I phoned nine parents that week.",
            "A nurse told me she never opens it.",
            "I sat with a dispatcher for a morning.",
            'One customer said, "your sizes lie to me".',
        ],
    )
    def test_contact_and_quotes_are_direct(self, text):
        assert customer_cue(text) == "direct"

    @pytest.mark.parametrize(
        "text", ["The tickets were full of it.", "A survey had it on top.", "I read the app reviews."]
    )
    def test_reports_are_indirect(self, text):
        assert customer_cue(text) == "indirect"

    @pytest.mark.parametrize("text", ["My boss told me to hurry.", "We rewrote the parser."])
    def test_colleagues_and_technology_are_neither(self, text):
        assert customer_cue(text) is None

    def test_whoever_is_served_is_a_customer(self):
        assert has_customer("The patients waited.") and has_customer("Riders were late.")
        assert not has_customer("The roadmap slipped.")
        assert has_customer_quote("A rider said it never comes.")


@given(st.text())
def test_any_text_is_read(text):
    for read in (
        blames,
        chooses_without_reason,
        decides,
        influences,
        says_we_only,
        customer_cue,
        has_customer,
    ):
        read(text)
    voice_of([text])
