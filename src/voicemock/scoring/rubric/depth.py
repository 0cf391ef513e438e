"""The metric-depth score, 0 to 12 (rubric section 2, after source 000)."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.model import Customer, Metric

POINTS_PER_IMPROVEMENT = 2
MOST_FOR_IMPROVEMENTS = 6
MONEY_STEP = 100_000.0  # one point for each, in the currency said
MOST_FOR_MONEY = 5
POINT_FOR_CUSTOMER = 1


def metric_depth(metrics: Sequence[Metric], customer: Customer) -> int:
    """+2 a percentage improvement (at most 6), +1 each $100k (at most 5), +1 for a customer's own words."""
    results = [metric for metric in metrics if metric.role == "result"]
    improvements = sum(is_percentage(metric) for metric in results)
    money = sum(_amount(metric) for metric in results if metric.kind == "money")
    depth = min(MOST_FOR_IMPROVEMENTS, POINTS_PER_IMPROVEMENT * improvements)
    depth += min(MOST_FOR_MONEY, int(money // MONEY_STEP))
    return depth + (POINT_FOR_CUSTOMER if customer == "direct" else 0)


def is_percentage(metric: Metric) -> bool:
    """Whether a result is an improvement in per cent: stated as one, or a pair that a share follows from."""
    return metric.kind in ("rate", "ratio") or (metric.change_pct is not None and metric.kind != "money")


def _amount(metric: Metric) -> float:
    """The incremental money of a claim: the difference of a pair, else the amount."""
    if metric.before is not None and metric.after is not None:
        return abs(metric.after - metric.before)
    return abs(metric.after or 0.0)
