# `make graph` builds the dataset into dist/, `make test` runs the whole suite.
# Both make .venv with Python 3.11 or newer and need nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: graph test lint bench clean

graph: $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check .
	@$(BIN)/sigma-ld build -o dist

test: $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check '.[test]'
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check '.[test]'
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check '.[test]'
	@benchmarks/run

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 graph" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) dist
