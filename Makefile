# The one door. `make help` lists what is behind it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: install
install: $(VENV)/.installed ## the virtual environment with everything; gives .venv/bin/tipbridge

$(VENV)/.installed: requirements/runtime.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Tipbridge needs Python 3.11 or newer; set PYTHON=python3.x")'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python cannot make virtual environments here; on Debian: sudo apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: system
system: ## as root on Debian: what only apt brings (browser, exiftool, ffmpeg, qpdf, PostgreSQL)
	bash scripts/system.sh

.PHONY: demo
demo: install ## the whole show, with a helpdesk for practice
	$(BIN)/tipbridge demo

.PHONY: test
test: install ## the suite, on SQLite and PostgreSQL
	$(PYTEST) -n 2 --dist loadfile -m "not long and not e2e"

.PHONY: test-long
test-long: install ## what takes minutes: 200 kills, more fuzzing
	$(PYTEST) -m long

.PHONY: lint
lint: install ## ruff, mypy --strict, import-linter, bandit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml connector escalation webhook_server plugins demo

.PHONY: e2e
e2e: install ## a real browser against the real service (needs `make system`)
	$(PYTEST) -m e2e

.PHONY: bench
bench: install ## measured figures, as ratios within one run
	$(BIN)/python -m benchmarks

.PHONY: bench-vault
bench-vault: install ## sealing, opening, checking the audit log
	$(BIN)/python -m benchmarks.vault

.PHONY: pictures
pictures: install ## the pictures of the README, taken from a running demo
	$(BIN)/python scripts/pictures.py

.PHONY: requirements
requirements: install ## pin the newest versions, with hashes and without addresses
	for name in runtime dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt; done

.PHONY: clean
clean: ## everything that was made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis artefacts
