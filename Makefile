# Two commands are enough: `make run` starts Handrail, `make test` runs every test.
.DEFAULT_GOAL := help
.PHONY: help run learn install install-run test test-rasa check fast bench rasa browser clean

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS ?=

# The first Python of 3.11 to 3.13 that really starts.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 && { echo $$p; break; }; done)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/installed-run ## start Handrail: the chat page on http://127.0.0.1:8080, and Telegram where a token is set
	@$(BIN)/handrail run $(ARGS)

install-run: $(VENV)/installed-run learn ## only what running needs, for a server

install: $(VENV)/installed-dev learn ## everything that tests and all engines but Rasa need

test: install browser ## every test, the fast ones first; Rasa's own where a Python 3.10 runs, the natural voice's where its packages can be fetched
	$(BIN)/python -m pytest -m "not telegram and not browser and not media and not rasa and not voice" $(ARGS)
	$(BIN)/python -m pytest -m "rasa" -rs $(ARGS)
	$(BIN)/python -m pytest -m "telegram" $(ARGS)
	$(BIN)/python -m pytest -m "media" $(ARGS)
	$(BIN)/python -m pytest -m "voice" -rs $(ARGS)
	$(BIN)/python -m pytest -m "browser" $(ARGS)

fast: install ## only the fast tests
	$(BIN)/python -m pytest -m "not telegram and not browser and not media and not rasa and not voice" $(ARGS)

check: install ## format, lint, types, lessons, fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/handrail lessons check
	$(BIN)/python -m pytest -x -m "not telegram and not browser and not media and not rasa and not voice"

bench: install ## measured figures, against named peers in the same run
	HANDRAIL_ALL_PICTURES=1 $(BIN)/python -m pytest tests/media/test_picture_layout.py tests/media/test_card.py
	@for b in bench/[a-z]*.py; do case $$b in *_peer.py) ;; *) echo "== $$b"; $(BIN)/python $$b || exit 1;; esac; done

test-rasa: install ## only Rasa's: train a real one and ask it (needs a Python 3.10; some minutes)
	$(BIN)/python -m pytest -m "rasa" -rs $(ARGS)

rasa: install ## a real Rasa on the same sentences, on 127.0.0.1:5005 (needs a Python 3.10; ten minutes and more)
	$(BIN)/python -m nlu.rasa.build all

# Learning what learners mean, once for each change of the example sentences: quick where nothing changed.
learn:
	@$(BIN)/handrail nlu train --ahead

browser: install ## find a Chromium or Chrome for the browser tests, or fetch one
	@$(BIN)/python -m tests.browser.find

clean: ## remove the virtual environment
	rm -rf $(VENV)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Handrail needs Python 3.11, 3.12 or 3.13. Please install one (python.org, or your system's packages), then run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment. On Debian and Ubuntu: install the package python3-venv, then run make again."; exit 1; }

$(VENV)/installed-run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Handrail needs (once; a minute or two) ..."
	@$(PIP_INSTALL) --only-binary :all: --require-hashes -r requirements/run.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Handrail and its tests need (once; a minute or two) ..."
	@$(PIP_INSTALL) --only-binary :all: --require-hashes -r requirements/dev.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/installed-run
