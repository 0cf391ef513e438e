"""The words of one measured change: its name, its figures with their blanks, and what the change comes to."""

from __future__ import annotations

import re

from voicemock.scoring.feedback.material import Material, plural_subject
from voicemock.scoring.feedback.spoken_figures import figure, hole, unit_of
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.model import Metric

MUCH_MORE = 1.5  # from here on a rise is told in times


def _act(told: Material) -> str | None:
    return f"{told.act.verb} {told.act.rest}" if told.act else None


def metric_fields(told: Material, metric: Metric) -> dict[str, str | None]:
    name = told.measured(metric)
    counted = metric.kind == "count" and metric.before is None and name is not None
    now = _in_crore(metric) or figure(metric.after, unit_of(metric))
    return {
        "of": None if counted else name,
        "your": None if counted or not name else to_you(name),
        "Your": None if counted or not name else opened(to_you(name)),
        "Of": None if counted else opened(name),
        "now": f"{now} {name}" if counted and now else now,
        "before": figure(metric.before, unit_of(metric)),
        "hole": hole(unit_of(metric)),
        "customers": told.customers,
        "act": _act(told),
        "to_do": told.act.to_do if told.act else None,
        "is": "were" if name and plural_subject(name) else "was",
        **multiple(metric, unit_of(metric)),
    }


_INDIAN = {"lakh": 1e5, "crore": 1e7}


def _in_crore(metric: Metric) -> str | None:
    """ "2 crore", where the candidate counts so."""
    said = re.findall(r"(?i)\b(lakh|crore)s?\b", metric.text)
    if len(said) != 1 or metric.after is None or metric.before is not None:
        return None
    unit = said[0].lower()
    money = metric.unit if metric.unit == "₹" else ""
    return f"{money}{metric.after / _INDIAN[unit]:g} {unit}"


def multiple(metric: Metric, unit: str | None = None) -> dict[str, str | None]:
    """What a change comes to, worked out for the candidate: "that's 1.8 times", "a cut of 73%", "2 points more"."""
    before, after = metric.before, metric.after
    if not before or not after or before * after <= 0:
        return {}
    if after > before:
        times = after / before
        more = f"{after - before:g} points more" if unit == "%" else f"{100 * (times - 1):.0f}% more"
        said = f"{times:.1f} times" if times >= MUCH_MORE else more
        return {"multiple": f"that's {said}", "multiple_only": said}
    cut = f"a cut of {100 * (before - after) / before:.0f}%"
    return {"multiple": cut, "multiple_only": cut}
