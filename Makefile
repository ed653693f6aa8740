# Thin: each target says what it runs. Needs make, Python 3.11 or newer and, the first time, a network; no root.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV_VERSION := 0.13.9
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
KILLS ?= 100
SEED ?= 1

.PHONY: demo test check format bench engine kills docs mutate

demo: $(READY)
	$(PY) -m client.demo

test: $(READY)
	$(PY) -m client.engine.building || true # another way to an engine may do; the tests say if none does
	$(PY) -m tests.rings

check: $(READY)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(READY)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(READY)
	$(PY) -m bench

engine: $(READY)
	$(PY) -m client.engine.building

kills: $(READY)
	$(PY) -m bench.kills --kills $(KILLS) --seed $(SEED)

docs: $(READY)
	$(PY) -m tests.pack_pages

mutate: $(READY)
	$(PY) -m bench.mutate

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Redress needs Python 3.11 or newer; install it, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PY) -c '' 2>/dev/null || { echo "making $(VENV)"; $(PYTHON) -m venv --clear $(VENV); } || \
		{ echo "Python cannot make an environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(VENV)/bin/uv --version 2>/dev/null | grep -qF "uv $(UV_VERSION)" || $(PY) -m pip install --quiet uv==$(UV_VERSION)
	$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	$(VENV)/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@
