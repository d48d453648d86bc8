# The one front door. `make` lists what there is; a fresh machine needs Python 3.11 or later and make.
# Another Python: make test PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv installs several times faster; where it cannot reach the index, as with mirrors that only pip
# knows, pip does.
INSTALL := $(PIP) uv 2>/dev/null && $(BIN)/uv pip install --quiet --python $(BIN)/python
# One more than there are cores: some tests wait for other processes most of the time.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)))

# Compiled modules are kept, whatever the environment says: the tests start many processes.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help chat ask run test tests thorough test-lowest check lint format bench bench-large calibrate evaluate golden readme lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

chat: $(READY)  ## talk with the bot in the terminal
	@$(BIN)/python -m bot chat

ask: $(READY)  ## answer one question: make ask Q="What did Fujian hold on April 20?"
	@$(BIN)/python -m bot ask "$(Q)"

run: $(READY)  ## serve in Telegram (needs TELEGRAM_BOT_TOKEN)
	@$(BIN)/python -m bot run

check: $(READY)  ## check the knowledge
	@$(BIN)/python -m bot check

test: $(READY)  ## everything that must hold before a change is shared
	@$(MAKE) --no-print-directory --jobs=2 lint tests

tests: $(READY)  ## the tests alone
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope

thorough: $(READY)  ## a thousand slips in knowledge files, and twenty kills of the bot at work
	@SLIPS=1000 KILLS=20 $(BIN)/pytest tests/knowledge/test_slips.py \
		tests/scenarios/test_telegram_nothing_lost.py

lint: $(READY)  ## style, types, layers
	@$(BIN)/ruff check bot tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)  ## mend what ruff can mend by itself
	@$(BIN)/ruff check --fix bot tests

bench: $(READY)  ## how fast the bot is, beside rapidfuzz and BM25 over all texts
	@$(BIN)/python -m tests.benchmarks.answering

bench-large: $(READY)  ## how cost grows from 5 to 10,000 weeks: a table, and a plot
	@$(PIP) -e '.[bench]'
	@$(BIN)/python -m tests.benchmarks.size --plot tests/benchmarks/size.png

calibrate: $(READY)  ## fit the weights of the confidence anew to tests/questions
	@$(PIP) -e '.[bench]'
	@$(BIN)/python -m tests.calibration --write

evaluate: $(READY)  ## how good the answers to tests/questions are
	@$(BIN)/python -m tests.evaluate

readme: $(READY)  ## write the outputs in README.md and knowledge/README.md anew
	@$(BIN)/python -m tests.readme
	@$(BIN)/python -m tests.knowledge_guide

golden: $(READY)  ## write the golden dialogues anew, after reading what changed
	@$(BIN)/python -m tests.golden.refresh

lock: $(READY)  ## pin all dependencies anew in requirements.lock
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --extra dev --output-file requirements.lock pyproject.toml

test-lowest:  ## run the tests with the lowest versions that pyproject.toml allows
	@$(PYTHON) -m venv .venv-lowest
	@.venv-lowest/bin/pip install --quiet uv
	@.venv-lowest/bin/uv pip install --quiet --python .venv-lowest/bin/python \
		--resolution lowest-direct -e '.[dev]'
	@.venv-lowest/bin/pytest

clean:  ## remove everything that can be made anew
	@rm -rf .venv .venv-lowest build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "This needs Python 3.11 or later, but $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || { echo "Making .venv (once) ..."; $(PYTHON) -m venv .venv; }
	@$(INSTALL) --require-hashes -r requirements.lock || $(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot || true
	@touch $(READY)
