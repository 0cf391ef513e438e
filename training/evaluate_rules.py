"""How far the rules agree with labelled answers: the training answers, and a folder of gold answers if given.

    PYTHONPATH=src python training/evaluate_rules.py --matcher PATH/evaluate-scorer [--gold DIR] [--show
    LABEL]

`--matcher` is the measuring tool whose matching of quotes is used. `--show` prints the disagreements of
one label: metrics, role, kind, vague, named, inconsistencies, customer. The rules get the labelled STAR
letters; `--no-star` withholds them.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import importlib.util
import json
import pathlib
import time
from types import ModuleType
from typing import Any

from parse import load

from voicemock.scoring.claims.contradictions import find_inconsistencies
from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.names import named_principles
from voicemock.scoring.findings.vague import find_vague


def load_matcher(path: pathlib.Path) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("matcher", str(path))
    spec = importlib.util.spec_from_loader("matcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def rule_findings(answer: dict[str, Any], use_star: bool) -> dict[str, Any]:
    """What the rules say about one answer, in the form that the matcher takes."""
    sentences, star = answer["sentences"], answer["labels"]["star"] if use_star else None
    metrics = find_metrics(sentences, star, answer["round"])
    cues = {customer_cue(text) for text in sentences}
    return {
        "metrics": [
            {"sentence": m.sentence, "text": m.text, "role": m.role, "kind": m.kind, "hedged": m.hedged}
            for m in metrics
        ],
        "vague": [
            {"sentence": v.sentence, "text": v.text}
            for v in find_vague(sentences, metrics, star, answer["round"]).told
        ],
        "named": set(named_principles(sentences)),
        "inconsistent": {i.sentence for i in find_inconsistencies(sentences, metrics)},
        "customer": next((cue for cue in ("direct", "indirect") if cue in cues), "none"),
    }


class Evaluation:
    """Tallies over a set of answers; `show` is the label whose disagreements are printed."""

    def __init__(self, matcher: ModuleType, show: str) -> None:
        self.matcher, self.shown = matcher, show
        self.tallies = {
            n: matcher.Tally() for n in ("metrics", "result", "vague", "named", "inconsistencies")
        }
        self.ratios = {n: [0, 0] for n in ("role", "kind", "customer", "hedged")}

    def show(self, label: str, *what: object) -> None:
        if label == self.shown:
            print(*what, sep=" | ")

    def add(self, answer: dict[str, Any], found: dict[str, Any]) -> None:
        labels, sentences, name = answer["labels"], answer["sentences"], answer["id"]
        pairs = self.spans("metrics", "metrics", found["metrics"], labels["metrics"], sentences, name)
        for f, w in pairs:
            for key in ("role", "kind", "hedged"):
                self.ratio(
                    key,
                    f[key] == w[key],
                    name,
                    f"said {f[key]}, is {w[key]}",
                    w["text"],
                    sentences[w["sentence"]],
                )
        only = [[m for m in rows if m["role"] == "result"] for rows in (found["metrics"], labels["metrics"])]
        self.spans("result", "result", only[0], only[1], sentences, name)
        self.spans("vague", "vague", found["vague"], labels["vague"], sentences, name)
        have, want = found["named"], set(labels["named"])
        self.tallies["named"].add(len(have & want), len(have - want), len(want - have))
        if have != want:
            self.show("named", name, "extra", have - want, "missed", want - have)
        have, want = found["inconsistent"], set(labels["inconsistent"])
        self.tallies["inconsistencies"].add(
            len(have & want), len(have - want), int(bool(want) and not have & want)
        )
        for i in sorted(have ^ want):
            self.show("inconsistencies", name, "extra" if i in have else "missed", sentences[i])
        said = found["customer"]
        self.ratio(
            "customer", said == labels["customer"], name, f"said {said}, is {labels['customer']}", "", ""
        )

    def spans(self, key: str, label: str, found: Any, wanted: Any, sentences: Any, name: str) -> Any:
        pairs, extra, missed = self.matcher.match(found, wanted, sentences)
        self.tallies[key].add(len(pairs), len(extra), len(missed))
        for word, rows in (("extra", extra), ("missed", missed)):
            for row in rows:
                self.show(label, name, word, row["text"], sentences[row["sentence"]])
        return pairs

    def ratio(self, key: str, hit: bool, *what: object) -> None:
        self.ratios[key][0] += hit
        self.ratios[key][1] += 1
        if not hit:
            self.show(key, *what)

    def report(self, title: str, seconds: float) -> None:
        print(f"== {title}")
        for name, tally in self.tallies.items():
            print(f"{name:18}", "  ".join(f"{k} {v:.3f}" for k, v in tally.figures.items()))
        for name, (hit, total) in self.ratios.items():
            if total:
                print(f"{name:18} {hit / total:.3f} of {total}")
        print(f"{'seconds':18} {seconds:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--matcher", type=pathlib.Path, required=True)
    parser.add_argument("--gold", type=pathlib.Path)
    parser.add_argument("--show", default="")
    parser.add_argument("--only", choices=("training", "gold"))
    parser.add_argument("--no-star", action="store_true")
    args = parser.parse_args()
    sets = {"training": [answer.as_gold() for answer in load()]}
    if args.gold:
        sets["gold"] = [json.loads(path.read_text()) for path in sorted(args.gold.glob("*.json"))]
    for title, answers in sets.items():
        if args.only in (None, title):
            evaluation = Evaluation(load_matcher(args.matcher), args.show)
            started = time.perf_counter()
            for answer in answers:
                evaluation.add(answer, rule_findings(answer, not args.no_star))
            evaluation.report(f"{title}, {len(answers)} answers", time.perf_counter() - started)


if __name__ == "__main__":
    main()
