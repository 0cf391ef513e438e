"""The JSON schema of a question pack, which editors read, made of what the loader goes by.

`data/pack.schema.json` is this, written out: `python -m voicemock.packs.schema > src/voicemock/data/pack.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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


if __name__ == "__main__":
    print(json.dumps(pack_schema(), indent=2))
