from __future__ import annotations

from voicemock.packs.exhibits import Exhibit
from voicemock.report.exhibit_terminal import GAP, column_widths

EXHIBIT = Exhibit("Orders", ("Day", "Orders before the change"), (("Monday", "1,200"), ("Tuesday", "900")))


def test_with_room_the_headings_stay_on_one_line() -> None:
    assert column_widths(EXHIBIT, 60) == [7, 24]


def test_without_room_the_widest_heading_gives_way_first() -> None:
    widths = column_widths(EXHIBIT, 24)
    assert widths == [7, 15]
    assert sum(widths) + GAP == 24


def test_no_cell_and_no_word_is_cut_however_narrow_it_is() -> None:
    assert column_widths(EXHIBIT, 5) == [7, 6]
