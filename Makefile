# A few words. `make check` is what CI runs after the tests.
.PHONY: install demo test check figures clean

install:  ## everything a developer needs, in this environment
	pip install -c constraints.txt -e '.[offline,dev]'

demo:  ## a whole interview against the built-in candidate
	voicemock demo

test:  ## the tests that need no system packages; VOICEMOCK_TESTS=marked pytest -n 0 runs the others
	pytest

check:  ## style and types
	ruff check . && ruff format --check . && mypy

figures:  ## what the README's figures come from
	python -m benchmarks.listening && python -m benchmarks.scoring && python -m benchmarks.stored_sessions

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
