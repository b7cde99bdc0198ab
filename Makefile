# make setup   a virtual environment in .venv with the pinned packages (nothing to do the second time)
# make demo    the dossier of the example case
# make test    everything CI runs: make check, browser tests included
# make check   ruff, types, import contracts, tests
# make format  mend what ruff can mend
# make bench   measure against ../shared and compare with benchmarks/floors.json
PYTHON ?= python3.11
SHARED ?= ../shared
BIN := .venv/bin
READY := .venv/ready

.PHONY: setup demo test check format bench system lock

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	scripts/venv $(PYTHON)
	$(BIN)/pip install -q --no-deps -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	$(BIN)/rashomon dossier examples/sarnica --json build/demo/dossier.json --html build/demo/dossier.html
	@echo "The dossier is at file://$(CURDIR)/build/demo/dossier.html"

system:
	scripts/system

test: setup system check

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	$(BIN)/python -m benchmarks.run --shared $(SHARED)


lock:
	uv pip compile -q pyproject.toml --extra dev --python-version 3.11 --no-header --no-annotate -o requirements.lock
