"""Charts: what shares an axis, and that the terminal, the page and the words show the same figures."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from voicemock.packs.exhibits import Exhibit, figure_of
from voicemock.report.chart_svg import WIDTH, drawing
from voicemock.report.charts import in_words, panels, with_unit
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.report.html import exhibit_html

LATE = Exhibit(
    "Late orders",
    ("Week", "Porto", "Lyon", "Orders"),
    (
        ("Week 1", "4.1%", "6.0%", "12,300"),
        ("Week 2", "not yet known", "5.1%", "12,900"),
        ("Week 3", "9.8%", "5.0%", "15,100"),
    ),
    "line",
    "SELECT week\nFROM orders",
)
BARS = Exhibit(
    "Contacts", ("Reason", "Before", "After"), (("Parcel", "40", "20"), ("Refund", "-10", "0")), "bars"
)


def printed(exhibit: Exhibit, width: int = 76, *, drawn: bool = True) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(ExhibitView(exhibit, drawn=drawn))
    return out.getvalue()


def svg_of(exhibit: Exhibit) -> ET.Element:
    found = re.search(r"<svg.*?</svg>", exhibit_html(exhibit), re.DOTALL)
    assert found
    return ET.fromstring(found[0])


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("1,200", (1200, "")),
        ("12.5%", (12.5, "%")),
        ("$3.4M", (3.4e6, "$")),
        ("−7", (-7, "")),
        ("-$2k", (-2000, "$")),
        ("40 ms", (40, "ms")),
        ("not yet known", None),
        ("3 of 5", None),
        ("", None),
    ],
)
def test_a_cell_is_read_as_a_value_and_its_unit(cell: str, figure: object) -> None:
    assert figure_of(cell) == figure


class TestWhatSharesAnAxis:
    def test_shares_and_counts_have_each_an_axis(self) -> None:
        assert [[series.name for series in panel.series] for panel in panels(LATE)] == [
            ["Porto", "Lyon"],
            ["Orders"],
        ]

    def test_a_series_that_the_axis_would_flatten_has_its_own(self) -> None:
        funnel = Exhibit("F", ("Step", "Seen", "Paid"), (("a", "9,000", "30"), ("b", "8,000", "20")), "line")
        assert len(panels(funnel)) == 2

    def test_bars_begin_at_zero(self) -> None:
        high = Exhibit("B", ("x", "y"), (("a", "97"), ("b", "99")), "bars")
        assert panels(high)[0].low == 0

    def test_lines_far_from_zero_do_not(self) -> None:
        high = Exhibit("B", ("x", "y"), (("a", "97"), ("b", "99")), "line")
        assert panels(high)[0].low > 90

    @given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), min_size=2, max_size=8))
    def test_every_value_lies_within_the_axis(self, values: list[float]) -> None:
        exhibit = Exhibit(
            "H", ("x", "y"), tuple((str(at), f"{value:f}") for at, value in enumerate(values)), "line"
        )
        (panel,) = panels(exhibit)
        for value in panel.series[0].values:
            assert value is not None
            assert -1e-6 <= panel.share(value) <= 1 + 1e-6
        assert all(" " in line or len(line) <= 76 for line in printed(exhibit).splitlines())

    def test_numbers_that_rise_stand_as_far_apart_as_they_are(self) -> None:
        months = Exhibit("M", ("Month", "y"), (("1", "5"), ("2", "6"), ("12", "7")), "line")
        assert panels(months)[0].places() == pytest.approx((0, 1 / 11, 1))
        assert panels(LATE)[0].places() == (0, 0.5, 1)

    def test_figures_of_an_axis_have_their_unit(self) -> None:
        assert [
            with_unit(value, unit) for value, unit in ((2e6, "$"), (12.5, "%"), (40, "ms"), (-3, "€"))
        ] == [
            "$2M",
            "12.5%",
            "40 ms",
            "−€3",
        ]


class TestInATerminal:
    def test_each_value_has_the_sign_of_its_series_and_a_gap_stays_a_gap(self) -> None:
        plot = printed(LATE).partition("● Porto   ▲ Lyon")[2].partition("■ Orders")[0]
        assert (plot.count("●"), plot.count("▲")) == (2, 3)

    def test_bars_are_as_long_as_their_values(self) -> None:
        before, after = (
            re.search(rf"({fill}+) ({value})\n", printed(BARS)) for fill, value in (("█", 40), ("▒", 20))
        )
        assert before and after
        assert len(before[1]) == pytest.approx(2 * len(after[1]), abs=1)

    def test_the_query_stands_above_as_it_is_written(self) -> None:
        assert printed(LATE).startswith("│ SELECT week\n│ FROM orders\n")

    @pytest.mark.parametrize("exhibit", [LATE, BARS])
    @pytest.mark.parametrize("width", [30, 48, 76, 200])
    def test_no_line_is_wider_than_the_screen(self, exhibit: Exhibit, width: int) -> None:
        assert max(map(len, printed(exhibit, width).splitlines())) <= width

    def test_in_plain_the_rows_are_words_and_nothing_is_drawn(self) -> None:
        said = printed(LATE, drawn=False)
        assert "Week Week 3, Porto 9.8%, Lyon 5.0%, Orders 15,100" in said
        assert not re.search("[●▲■⠀-⣿│]", said)


class TestOnThePage:
    def test_the_drawing_has_a_title_and_says_in_words_what_it_shows(self) -> None:
        title, description = list(svg_of(LATE))[:2]
        assert title.text == "Line chart: Late orders"
        assert "Porto: 4.1% at Week 1 to 9.8% at Week 3" in str(description.text)

    def test_the_table_stands_behind_it_and_the_query_above(self) -> None:
        page = exhibit_html(LATE)
        assert page.index("FROM orders") < page.index("<svg") < page.index("<td>15,100</td>")

    def test_a_table_without_chart_is_only_a_table(self) -> None:
        page = exhibit_html(Exhibit("T", ("A", "B"), (("x", "1"),)))
        assert "<svg" not in page and "<details" not in page
        assert "<caption>T</caption>" in page

    @pytest.mark.parametrize("exhibit", [LATE, BARS])
    def test_everything_lies_within_the_drawing(self, exhibit: Exhibit) -> None:
        drawn = drawing(exhibit)
        for shape in (*drawn.points, *drawn.bars):
            assert 0 <= shape.x <= shape.x + shape.width <= WIDTH
            assert 0 <= shape.y <= drawn.height
        assert all(0 <= words.x <= WIDTH and 0 <= words.y <= drawn.height for words in drawn.words)

    def test_each_of_six_series_has_a_sign_of_its_own(self) -> None:
        columns = ("x", *"abcdef")
        svg = svg_of(Exhibit("S", columns, (("1", *"123456"), ("2", *"234567")), "line"))
        shapes = [path for path in svg.iter("path") if path.find("title") is None]
        signs = {
            (path.attrib["d"].partition(" ")[2].lstrip("0123456789."), "hollow" in path.attrib["class"])
            for path in shapes
        }
        assert len(shapes) == len(signs) == 6

    def test_markup_in_a_pack_is_text(self) -> None:
        hostile = "<script>alert(1)</script>"
        page = exhibit_html(
            Exhibit(hostile, (hostile, hostile), ((hostile, "1"), ("b", "2")), "line", hostile)
        )
        assert "<script" not in page


def test_a_line_is_told_from_its_first_to_its_last_value_with_both_ends_of_its_range() -> None:
    assert in_words(LATE)[2] == (
        "Lyon: 6.0% at Week 1 to 5.0% at Week 3; lowest 5.0% at Week 3, highest 6.0% at Week 1"
    )
