"""What another company did is no result of the candidate's."""

from __future__ import annotations

import pytest

from voicemock.scoring.claims.companies import of_others
from voicemock.scoring.claims.metrics import find_metrics


class TestWhatAnotherCompanyDid:
    def test_its_numbers_and_theirs_after_it_are_no_results(self) -> None:
        told = (
            "Quillbay cut its waiting time from 40 minutes to 12.",
            "Their complaints went from 300 a week to 90.",
            "I moved the desk to the door, and our own wait went from 38 minutes to 20.",
        )

        metrics = find_metrics(told)

        assert [metric.role for metric in metrics] == ["context", "context", "result"]
        assert [metric.actor for metric in metrics[:2]] == ["other", "other"]

    def test_a_competitor_is_gone_on_about(self) -> None:
        told = ("Our largest rival had halved its prices.", "Their share went from 9 percent to 21 percent.")

        assert of_others(told) == {1}

    @pytest.mark.parametrize(
        "told",
        [
            ("I had joined Quillbay in March.", "Quillbay cut its waiting time from 40 minutes to 12."),
            ("We called it Quillbay.", "Quillbay cut its waiting time from 40 minutes to 12."),
            ("Drivers cut their breaks from 40 minutes to 12.",),
            ("The pilot depots cut their late parcels from 12 percent to 5.",),
        ],
    )
    def test_what_is_the_candidates_own_is_not_taken_for_it(self, told: tuple[str, ...]) -> None:
        assert not of_others(told)
