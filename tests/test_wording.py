"""Numbers and times in words."""

import pytest

from voicemock.wording import clock


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, ""),
        (0, "0:00"),
        (7.9, "0:07"),
        (750, "12:30"),
        (3599.9, "59:59"),
        (3600, "1:00:00"),
        (3905, "1:05:05"),
        (115_200, "32:00:00"),
    ],
)
def test_a_time_of_an_hour_and_more_has_hours(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown
