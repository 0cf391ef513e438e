"""The JSON schemas of question packs and of examples, which editors read, made of what the loaders go by.

`data/*.schema.json` are these, written out by `python -m voicemock.packs.schema`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voicemock.packs import examples
from voicemock.packs.exhibits import CHARTS
from voicemock.packs.questions import DEFAULT_DIFFICULTY, DIFFICULTIES, ID, KEYS, keys_of
from voicemock.rounds import PRINCIPLES, PROBES, ROUNDS, Round

Schema = dict[str, Any]

NOT_BLANK = r"\S"
TEXT: Mapping[str, Any] = {"type": "string", "pattern": NOT_BLANK}


def pack_schema() -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A voicemock question pack",
        "type": "object",
        "required": ["round", "questions"],
        "additionalProperties": False,
        "properties": {
            "round": {
                "enum": list(ROUNDS),
                "description": "The round that all questions of this pack belong to.",
            },
            "questions": {"type": "array", "minItems": 1},
        },
        "allOf": [_where_round_is(slug) for slug in ROUNDS],
        "$defs": {**_parts(), **{f"{each.slug}-question": _question(each) for each in ROUNDS.values()}},
    }


def _where_round_is(slug: str) -> Schema:
    items = {"items": _ref(f"{slug}-question")}
    return {
        "if": {"properties": {"round": {"const": slug}}, "required": ["round"]},
        "then": {"properties": {"questions": items}},
    }


def _parts() -> Schema:
    spoken = "The question as it is said aloud: one or two sentences, numbers as words."
    named = "Lower-case words and digits joined by hyphens; used once."
    return {
        "text": dict(TEXT),
        "spoken": {**TEXT, "description": spoken},
        "id": {"type": "string", "pattern": f"^{ID.pattern}$", "description": named},
        "principle": {"enum": list(PRINCIPLES)},
        "probes": {**_texts_called(PROBES), "description": "Asked in this order."},
        "exhibit": _exhibit(),
    }


def _question(each: Round) -> Schema:
    keys = (*KEYS, *keys_of(each.slug))
    optional = {"difficulty", "tags", "follow_ups", "source", "exhibit"}
    schema: Schema = {
        "type": "object",
        "required": [key for key in keys if key not in optional],
        "additionalProperties": False,
        "properties": {key: _value(key, each) for key in keys},
    }
    if "exhibit" in keys:
        schema |= {"if": {"properties": {"type": {"const": "exhibit"}}}, "then": {"required": ["exhibit"]}}
    return schema


def _value(key: str, each: Round) -> Schema:
    """What may stand under a key; one that the loader knows and this does not is a KeyError in the tests."""
    texts = {"type": "array", "items": _ref("text")}
    return {
        "id": _ref("id"),
        "text": _ref("spoken"),
        "difficulty": {
            "type": "integer",
            "minimum": DIFFICULTIES[0],
            "maximum": DIFFICULTIES[-1],
            "default": DEFAULT_DIFFICULTY,
            "description": "1 is a warm-up, 3 is what a bar raiser asks.",
        },
        "tags": {**texts, "description": "Words to filter by."},
        "follow_ups": {**texts, "description": "Two or three questions to ask afterwards."},
        "source": {
            **_ref("text"),
            "description": "The line of a CV or of a job description that it comes from.",
        },
        "principle": _ref("principle"),
        "type": {"enum": list(each.types)},
        "exhibit": _ref("exhibit"),
        "probes": _ref("probes"),
    }[key]


def _exhibit() -> Schema:
    cell = {"type": ["string", "number"]}
    return {
        "type": "object",
        "required": ["title", "columns", "rows"],
        "additionalProperties": False,
        "description": "A small table; each row has as many cells as there are columns.",
        "properties": {
            "title": _ref("text"),
            "columns": {"type": "array", "minItems": 1, "items": _ref("text")},
            "rows": {"type": "array", "minItems": 1, "items": {"type": "array", "items": cell}},
            "chart": {
                "enum": list(CHARTS),
                "description": "Drawn of the rows: the first column labels them, each other one is a series.",
            },
            "query": {
                **_ref("text"),
                "description": "The query that gave the table, shown above it as it is written: use `query: |`.",
            },
        },
    }


def _texts_called(names: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "required": list(names),
        "additionalProperties": False,
        "properties": {name: _ref("text") for name in names},
    }


def _ref(part: str) -> Schema:
    return {"$ref": f"#/$defs/{part}"}


def answers_schema() -> Schema:
    """The schema of a file in `answers/`: what good sounds like."""
    spoken = {
        "question": {**TEXT, "description": "The id of a question in a pack; answered once."},
        "good": {**TEXT, "description": "An answer at 4.0 as it is spoken."},
        "fair": {**TEXT, "description": "The same candidate's answer at 2.5."},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers to voicemock's questions: what good sounds like",
        "type": "object",
        "required": ["answers"],
        "additionalProperties": False,
        "properties": {
            "answers": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": list(examples.KEYS),
                    "additionalProperties": False,
                    "properties": {key: spoken[key] for key in examples.KEYS},
                },
            }
        },
    }


SCHEMAS = {"pack": pack_schema, "answers": answers_schema}

if __name__ == "__main__":
    for name, made in SCHEMAS.items():
        (Path(__file__).parents[1] / "data" / f"{name}.schema.json").write_text(
            json.dumps(made(), indent=2) + "\n"
        )
