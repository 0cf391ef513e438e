"""Child processes run no code of the folder that a person happens to stand in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import voicemock
from voicemock.speech.system_voice import Pyttsx3Voice

SOURCE = Path(voicemock.__file__).parent
PLANTED = ("json", "random", "wave", "ctypes", "threading", "pyttsx3", "voicemock")
TRAP = "import os, pathlib\npathlib.Path(__file__).with_name('sprung').touch()\nos._exit(3)\n"


def test_the_voice_imports_nothing_that_lies_beside_the_user(tmp_path: Path) -> None:
    for name in PLANTED:
        (tmp_path / f"{name}.py").write_text(TRAP)
    voice = Pyttsx3Voice("gb")
    try:
        assert voice.say("Hello.").duration_s > 0.1
    finally:
        voice.close()
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.stem)
def test_every_python_that_is_started_is_isolated_from_the_current_folder(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple) and node.elts:
            first, *rest = (ast.unparse(element) for element in node.elts)
            if first == "sys.executable":
                assert rest[0] in ("'-P'", "'-I'"), f"{path.name}:{node.lineno}"
