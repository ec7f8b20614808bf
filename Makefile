# Two commands do everything: `make serve` and `make test`. Both need Python 3.11 or newer, nothing else.
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A worker for each core, each with a PostgreSQL of its own; who is done takes over half of what another has left.
SPREAD := -n logical --maxprocesses 8 --dist worksteal
# The pure rules, the contract, look-ups, edits and an import.
QUICK := tests/core tests/architecture tests/contract/test_schema.py tests/organisations/graph \
  tests/organisations/editing/test_organisations.py tests/exchange/run/test_runs.py

.PHONY: serve test quick nightly checks lock schema graphiql clean

serve: .venv/.service
	$(BIN)/registers serve

test: .venv/.tests
	$(BIN)/python -m pytest $(SPREAD)

quick: checks
	$(BIN)/python -m pytest $(QUICK)

nightly: .venv/.tests
	$(BIN)/python -m pytest $(SPREAD) -m nightly

checks: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/registers schema export --check
	$(BIN)/python -m tests.migrations_are_current

schema: .venv/.service
	$(BIN)/registers schema export

.venv/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.service: .venv/.python requirements.lock pyproject.toml
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

.venv/.tests: .venv/.service tests/requirements.lock
	$(PIP) install --require-hashes --only-binary :all: -r tests/requirements.lock
	@touch $@

# New versions of everything, with hashes and without the name of any host.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev -c requirements.lock pyproject.toml -o tests/requirements.lock

# The page of GraphiQL anew; needs node and npm.
graphiql:
	cd registers/graphiql/source && npm ci && npm run build

clean:
	rm -rf .venv .registers
