# `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--no-header --no-emit-index-url --no-emit-find-links
PEERS := tests/bench/peers
CODE := bootstrap commands db ingest resolvers schema web tests server.py

.PHONY: help setup serve test prove lint format types architecture schema lock graphiql

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "packgrid: Python 3.11 or newer is needed, and $(PYTHON) is missing or older."; \
		echo "  Where it has another name: make PYTHON=python3.12 serve"; \
		echo "  On Debian 12, Ubuntu 24.04 or newer: apt install python3 python3-venv"; exit 1; } >&2
	@$(PYTHON) bootstrap/setup.py

serve: setup ## set up what is missing, migrate, load the starter directory, serve
	@exec $(BIN)/python server.py serve

test: setup lint types architecture ## set up, then lint, types, architecture and the tests at small sizes
	$(BIN)/pytest -n 2

prove: setup ## the same tests at the counts that the project promises
	PACKGRID_TESTS=prove $(BIN)/pytest -n 2

.PHONY: bench bench-peers
bench: setup ## speed beside SQL by hand and plain Strawberry; ARGS='--large' or '--help'
	@$(BIN)/python -m tests.bench.run $(ARGS)

bench-peers: setup $(BIN)/node $(PEERS)/node_modules ## the same beside Mercurius and PostGraphile, from npm
	@$(BIN)/python -m tests.bench.run --peers $(ARGS)

$(BIN)/node: bootstrap/node.lock
	$(BIN)/uv pip install --quiet --require-hashes -r $<
	@touch $@

$(PEERS)/node_modules: $(PEERS)/package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(PEERS) ci
	@touch $@

lint: setup ## style: ruff's checks and its format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup ## mypy, strict
	$(BIN)/mypy $(CODE)
	$(BIN)/mypy alembic/env.py alembic/versions/*.py

architecture: setup ## who may import whom
	$(BIN)/lint-imports --no-logo

schema: setup ## write schema.graphql from the code
	$(BIN)/python server.py schema > schema.graphql

graphiql: ## build GraphiQL anew
	@rm -rf web/graphiql/dist
	@$(MAKE) --no-print-directory setup

lock: setup ## renew the lock files from pyproject.toml; pins stay where they still fit
	$(COMPILE) --group dev pyproject.toml -o requirements.lock
	for group in uv node; do $(COMPILE) --group $$group -o bootstrap/$$group.lock; done
