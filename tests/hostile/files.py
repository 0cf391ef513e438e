"""Bad files that a user may name: transcripts, labelled answers, packs, wordings, sound, models."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tests.hostile.texts import HOSTILE, NASTY_NAMES, answer_with, cuts, flips, wrong_bytes
from tests.hostile.trial import Case
from voicemock.speech.models import find_packaged

ANSWER = " ".join(answer_with("").split())
PACK = """round: analytical
questions:
  - id: mine-01
    text: What does this table tell you?
    type: exhibit
    tags: [retention, trade-off]
    follow_ups: [Which cohort., Why.]
    exhibit: {title: Users, columns: [Month, Users], rows: [[May, 120], [June, 3.5]]}
  - id: mine-02
    text: How would you measure it?
    type: ab-test
    difficulty: 3
"""
WORDINGS = "phrases:\n  thanks: [Thank you., Thanks.]\ninterruptions:\n  baseline: ['From what? {quote}', From what?]\n"
LABELLED: dict[str, Any] = {
    "sentences": ANSWER.split(". "), "round": "behavioral", "principle": "ownership", "question": "Why?",
    "duration_s": 60.0, "type": "ab-test",
}  # fmt: skip
TYPES = (None, True, 0, -1, 10**400, 1.5, "", "x", [], {}, [[]], [None], ["a", 1], {"a": []})


def lay(name: str, content: bytes) -> Callable[[Path], None]:
    def put(work: Path) -> None:
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return put


def transcripts(count: int) -> Iterator[Case]:
    commands = (("score",), ("score", "--json"), ("score", "--explain"), ("writing",), ("writing", "--json"))
    found = [*cuts(ANSWER.encode(), 64), *flips(ANSWER.encode(), count, seed=1), *wrong_bytes(ANSWER)]
    found += [
        (f"hostile {i}", answer_with(text).encode("utf-8", "surrogatepass")) for i, text in enumerate(HOSTILE)
    ] * 5
    for at, (name, content) in enumerate(found):
        command = commands[at % len(commands)]
        yield Case("transcript", name, (*command, "a.txt"), lay("a.txt", content), names="a.txt")
        if at % 10 == 0:
            yield Case("transcript", f"{name} on standard input", (*command, "-"), stdin=content)
    yield from _odd_places("transcript", ".txt", ("score",), ANSWER.encode())
    yield from _odd_places("transcript", ".md", ("writing",), ANSWER.encode())


def labelled(count: int) -> Iterator[Case]:
    good = json.dumps(LABELLED).encode()
    found = [*cuts(good, 150), *flips(good, count, seed=2), *wrong_bytes(good.decode())]
    for key in LABELLED:
        found += [
            (f"{key} {i}", json.dumps({**LABELLED, key: value}).encode()) for i, value in enumerate(TYPES)
        ]
    for i, text in enumerate((*HOSTILE, "\ud800", "\udfff\ud800", "\0")):
        found.append(
            (
                f"hostile {i}",
                json.dumps({**LABELLED, "sentences": [answer_with(text)], "question": text}).encode(),
            )
        )
    found += [
        ("deep lists", b'{"sentences": ' + b"[" * 60_000 + b"]" * 60_000 + b"}"),
        ("deep mappings", b'{"a":' * 20_000 + b"1" + b"}" * 20_000),
        ("NaN", json.dumps({**LABELLED, "duration_s": float("nan")}).encode()),
        ("Infinity", json.dumps({**LABELLED, "duration_s": float("inf")}).encode()),
        ("1e999", json.dumps(LABELLED).encode().replace(b"60.0", b"1e999")),
        ("many digits", json.dumps(LABELLED).encode().replace(b"60.0", b"9" * 100_000)),
        ("a list", b"[]"), ("a number", b"1"), ("a text", b'"sentences"'), ("null", b"null"),
        ("sentences twice", b'{"sentences": ["a"], "sentences": 1}'),
        ("10,000 sentences", json.dumps({"sentences": ["I did it."] * 10_000}).encode()),
    ]  # fmt: skip
    for at, (name, content) in enumerate(found):
        arguments = ("score", "a.json", *(["--json"] if at % 2 else []))
        yield Case("labelled answer", name, arguments, lay("a.json", content), names="a.json")


def packs(count: int) -> Iterator[Case]:
    found = [
        *cuts(PACK.encode(), 250),
        *flips(PACK.encode(), count, seed=3),
        *wrong_bytes(PACK),
        *yaml_bombs(),
    ]
    for i, text in enumerate((*HOSTILE, "\0", "\ud800")):
        quoted = json.dumps(text)  # JSON's strings are YAML's
        for at, field in enumerate(
            ("What does this table tell you?", "retention", "Which cohort.", "Users", "Month", "May")
        ):
            found.append(
                (f"hostile {i} in field {at}", PACK.replace(field, quoted).encode("utf-8", "surrogatepass"))
            )
    commands = (
        ("questions", "check", "mine/p.yaml"), ("questions", "--prompts", "mine", "--round", "analytical"),
        ("questions", "show", "mine-01", "--prompts", "mine"), ("questions", "--json", "--prompts", "mine/p.yaml"),
    )  # fmt: skip
    for at, (name, content) in enumerate(found):
        yield Case(
            "pack", name, commands[at % len(commands)], lay("mine/p.yaml", content), names=_in_pack(at % 4)
        )
    yield from _odd_places("pack", ".yaml", ("questions", "check"), PACK.encode())


def _in_pack(command: int) -> str:
    return "" if command == 2 else "mine"  # `show` may also say that no question has the id


def yaml_bombs() -> Iterator[tuple[str, bytes]]:
    laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
    laughs += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    merged = "m0: &m0 {x: 1}\n" + "".join(
        f"m{i}: &m{i} {{<<: [{', '.join([f'*m{i - 1}'] * 9)}]}}\n" for i in range(1, 12)
    )
    yield "laughs", laughs.encode()
    yield "laughs as a text", (laughs + PACK.replace("How would you measure it?", "*a11")).encode()
    yield "merged laughs", merged.encode()
    yield "itself", b"round: &a [*a]\nquestions: *a\n"
    yield "itself as a mapping", b"&a\nround: *a\n"
    for tag in (
        "!!python/object/apply:os.system [touch up]", "!!python/name:os.system", "!!python/module:os", "!!binary aGk=",
        "!!set {a, b}", "!!omap [a: 1]", "!!pairs [a: 1]", "!!timestamp 2024-01-01", "!!float .nan", "!!int 0b1",
        "!!bool x", "!!null ''", "!mine x", "!!int x", "!!timestamp x", "!!binary '%%%'", "!<tag:x> y", "!!merge x",
        "!!str 7",
    ):  # fmt: skip
        yield f"tag {tag}", PACK.replace("How would you measure it?", tag).encode()
        yield f"tag {tag} at the top", f"{tag}\n".encode()
        yield f"tag {tag} in a cell", PACK.replace("3.5", tag).encode()
    for size in (100, 5_000, 50_000):
        yield f"{size} deep in brackets", b"round: " + b"[" * size
        yield f"{size} deep in braces", b"round: " + b"{a: " * size
        yield f"{size} deep in dashes", b"round:\n" + b"- " * size + b"x"
        yield f"{size} deep in questions", b"? " * size + b"x"
    for number in (
        "1" + ":59" * 30_000,
        "0b" + "1" * 100_000,
        "0x" + "f" * 90_000,
        "9" * 100_000,
        "1e400",
        ".inf",
        "1_000",
    ):
        yield f"number {number[:8]}", PACK.replace("3.5", number).encode()
        yield f"number {number[:8]} as text", PACK.replace("How would you measure it?", number).encode()
        yield (
            f"number {number[:8]} as difficulty",
            PACK.replace("difficulty: 3", f"difficulty: {number}").encode(),
        )
    yield "100,000 keys", "".join(f"k{i}: 1\n" for i in range(100_000)).encode()
    yield "a key of 500 kB", b"k" * 500_000 + b": 1\nround: behavioral"
    yield "a list as a key", b"? [a, b]\n: 1\n"
    yield "a mapping as a key", b"? {a: b}\n: 1\n"
    yield (
        "20,000 questions",
        ("round: analytical\nquestions:\n" + "  - {id: a, text: A., type: ab-test}\n" * 20_000).encode(),
    )
    yield (
        "20,000 of one id",
        ("round: product-sense\nquestions:\n" + "  - {id: a, text: A., type: design}\n" * 20_000).encode(),
    )
    yield "many documents", b"---\n" * 10_000
    yield "directive", b"%YAML 9.9\n---\nround: behavioral\n"
    yield "unknown anchor", b"round: *nothing\n"


def wordings(count: int) -> Iterator[Case]:
    found = [*cuts(WORDINGS.encode(), 100), *flips(WORDINGS.encode(), count, seed=4), *yaml_bombs()]
    for i, text in enumerate(
        (*HOSTILE, "{", "}", "{}", "{{quote}}", "{0}", "{quote!r}", "{quote.__class__}", "\0")
    ):
        found.append((f"hostile {i}", WORDINGS.replace("Thank you.", json.dumps(text)).encode()))
    for name, content in found:
        arguments = ("questions", "check", "mine/follow-ups.yaml")
        yield Case("wordings", name, arguments, lay("mine/follow-ups.yaml", content), names="follow-ups.yaml")


FORMATS = {
    "wav": "pcm_s16le",
    "flac": "flac",
    "mp3": "libmp3lame",
    "ogg": "libopus",
    "m4a": "aac",
    "webm": "libopus",
}


def _sound(name: str, file: str, content: bytes) -> Case:
    return Case("sound", name, ("score", file), lay(file, content), names=file)


def sounds(count: int) -> Iterator[Case]:
    for ending in FORMATS:
        good = tone(ending)
        share = count // len(FORMATS)
        for name, content in (
            *cuts(good, 64),
            *flips(good, share // 2, 5, head=128),
            *flips(good, share // 2, 6),
        ):
            yield _sound(f"{ending} {name}", f"a.{ending}", content)
    for name, content in playlists():
        for ending in ("wav", "m3u8", "mp3"):
            yield _sound(f"{name} as {ending}", f"a.{ending}", content)
    for name, content in wrong_bytes(ANSWER):
        yield _sound(name, "a.wav", content)
    yield from _odd_places("sound", ".wav", ("score",), tone("wav"))


def playlists() -> Iterator[tuple[str, bytes]]:
    """Files that name other files or the network, and headers that promise more than there is."""
    for target in (
        "http://127.0.0.1:9/x.wav",
        "/etc/passwd",
        "../a.wav",
        "file:///etc/passwd",
        "concat:a.wav|a.wav",
    ):
        yield (
            f"hls {target}",
            f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{target}\n#EXT-X-ENDLIST\n".encode(),
        )
        yield f"ffconcat {target}", f"ffconcat version 1.0\nfile '{target}'\n".encode()
        yield f"pls {target}", f"[playlist]\nFile1={target}\nNumberOfEntries=1\n".encode()
    yield "sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
    wav = tone("wav")
    yield "rate 0", wav[:24] + bytes(4) + wav[28:]
    yield "rate 4 billion", wav[:24] + b"\xff" * 4 + wav[28:]
    yield "65,535 channels", wav[:22] + b"\xff\xff" + wav[24:]
    yield "0 channels", wav[:22] + bytes(2) + wav[24:]
    yield "4 GiB promised", wav[:40] + b"\xff" * 4 + wav[44:]


@cache
def tone(ending: str) -> bytes:
    """A third of a second of a tone, in any format; encoded once, since cuts and flips go into the hundreds."""
    import av

    samples = (np.sin(np.arange(16_000 // 3) / 9) * 3_000).astype(np.int16)
    file = io.BytesIO()
    with av.open(file, "w", format={"m4a": "mp4"}.get(ending, ending)) as container:
        stream = container.add_stream(
            FORMATS[ending], rate=48_000 if FORMATS[ending] == "libopus" else 16_000, layout="mono"
        )
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate = 16_000
        for part in (*av.AudioResampler(stream.format, "mono", stream.rate).resample(frame), None):
            container.mux(stream.encode(part))
    return file.getvalue()


def models(count: int) -> Iterator[Case]:
    """A folder that the user names as a model; its weights are read by native code."""
    real = find_packaged()
    assert real is not None
    for name in ("config.json", "tokenizer.json", "preprocessor_config.json", "vocabulary.json"):
        path = real.path / name
        if not path.is_file():
            continue
        good = path.read_bytes()
        heads = [*cuts(good, 16), *flips(good, count, seed=8, head=400), *wrong_bytes("{}")]
        for what, content in heads:
            yield _model(f"{name}: {what}", real.path, name, content)
    weights = (real.path / "model.bin").read_bytes()[:4096]
    for what, content in (
        *cuts(weights, 64),
        *flips(weights, count, seed=9, head=64),
        ("empty", b""),
        ("text", b"x" * 99),
    ):
        yield _model(f"model.bin: {what}", real.path, "model.bin", content)


def _model(name: str, real: Path, file: str, content: bytes) -> Case:
    def put(work: Path) -> None:
        (work / "mine").mkdir()
        for path in real.iterdir():
            if path.name != file and path.is_file():
                (work / "mine" / path.name).symlink_to(path)
        (work / "mine" / file).write_bytes(content)
        (work / "a.wav").write_bytes(tone("wav"))

    return Case("model", name, ("score", "a.wav", "--model", "mine"), put, names="mine", own_process=True)


def _odd_places(kind: str, ending: str, command: tuple[str, ...], content: bytes) -> Iterator[Case]:
    """What stands where the file should be, and names that no file should have."""

    def of(name: str, put: Callable[[Path], None], argument: str = f"a{ending}") -> Case:
        return Case(
            kind, name, (*command, "--", argument), put, names="a" if argument.startswith("a") else ""
        )

    yield of("missing", lambda _: None)
    yield of("a folder", lambda work: (work / f"a{ending}").mkdir())
    yield of("a link to itself", lambda work: (work / f"a{ending}").symlink_to(f"a{ending}"))
    yield of("a link to nothing", lambda work: (work / f"a{ending}").symlink_to("nothing"))
    yield of("zeros without end", lambda work: (work / f"a{ending}").symlink_to("/dev/zero"))
    yield of("below a file", lay("b", b"x"), f"b/a{ending}")

    def ring(work: Path) -> None:
        (work / "b").symlink_to("c")
        (work / "c").symlink_to("b")

    yield of("in a ring of links", ring, f"b/a{ending}")
    for name in NASTY_NAMES:
        yield of(f"missing {name[:20]!r}", lambda _: None, f"{name}{ending}")
        if "/" not in name and len(name) < 200:
            yield of(f"named {name!r}", lay(f"{name}{ending}", content), f"{name}{ending}")
            yield of(f"empty {name!r}", lay(f"{name}{ending}", b""), f"{name}{ending}")
