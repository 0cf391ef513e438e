"""How people say numbers: of each section of phrasings.txt at least 19 in 20 are read as it says."""

import pytest

from tests.scoring.phrasings import FRESH, HARDER, phrasings
from voicemock.scoring.findings.annotate import annotate

LEAST = 0.95
STORY = (
    "The tenants had been let down by this for a long time.",
    "I was responsible for it, and I wanted it to be better soon.",
    "I sat with several of them, and then I rebuilt how it works, because the old way was too slow.",
    "What I took from it is to ask early.",
)
SAID = phrasings()


def metrics_of(said):
    """The metrics of a sentence that stands fourth in a story without any other number."""
    found = annotate([*STORY[:3], said, STORY[3]], "behavioral", told=True)
    return [metric for metric in found.metrics if metric.sentence == 3]


@pytest.mark.parametrize("section", dict.fromkeys(one.section for one in SAID))
def test_what_is_said_is_read(section):
    tried = [one for one in SAID if one.section == section]
    missed = [one.said for one in tried if not one.agrees(metrics_of(one.said))]
    assert len(missed) <= (1 - LEAST) * len(tried) + 0.5, missed


def test_there_are_enough_of_them():
    assert len(SAID) >= 300


def test_of_claims_written_down_before_any_was_tried_nine_in_ten_are_read():
    """A list that nothing was made from at first; what was mended since is of its kind, and not of its words."""
    tried = phrasings(FRESH)
    missed = [one.said for one in tried if not one.agrees(metrics_of(one.said))]
    assert len(tried) >= 150
    assert len(missed) <= 0.1 * len(tried), missed


def test_of_claims_told_in_harder_ways_five_in_six_are_read():
    """By speakers of many trades and places; what is misread is left in."""
    tried = phrasings(HARDER)
    missed = [one.said for one in tried if not one.agrees(metrics_of(one.said))]
    assert len(tried) >= 400
    assert len(missed) <= len(tried) / 6, missed
