# The verbs of this repository. `make` alone lists them.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS   += --no-builtin-rules

VENV := .venv
BIN  := $(VENV)/bin
CODE := src tests $(wildcard benchmarks)
PIP  := $(BIN)/python -m pip install --disable-pip-version-check --no-input --quiet

# Only `make lock` uses uv, in an environment of its own that it throws away.
UV_VERSION := 0.13.8

# Arguments of a verb: make demo ARGS="--huishoudens 500", make pytest ARGS="-k vrijlating".
ARGS ?=
PYTEST_WORKERS ?= 2

.PHONY: help install demo test lint fmt pytest dekking mutatie bench lock clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Compiled here, because an editable install is not, and where Python may not write it would compile at every start.
install: $(VENV)/.package ## create .venv and install the locked dependencies and this package
	@$(BIN)/python -m compileall -q src

demo: install ## run the demo: a fictitious municipality, two payment months
	@$(BIN)/verrekening demo $(ARGS)

test: lint pytest ## everything CI runs: ruff, mypy, pytest

lint: install ## ruff check, ruff format --check, mypy
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy $(CODE)

fmt: install ## let ruff repair and format
	@$(BIN)/ruff check --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)

# Behind lint when both are asked for, so that pytest's closing line is the last (also with make -j).
pytest: install $(if $(filter test,$(MAKECMDGOALS)),lint)
	@$(BIN)/pytest -n $(PYTEST_WORKERS) $(ARGS)

dekking: install ## which rules and which sides of their choices the worked cases reach
	@$(BIN)/python -m tests.dekking $(ARGS)

mutatie: install ## break the rules in small ways and see whether the tests notice (ARGS="netto norm": chapters)
	@$(BIN)/python -m tests.mutatie $(ARGS)

bench: install ## run the benchmarks
	@$(BIN)/python -m benchmarks.run $(ARGS)

lock: ## pin again after a change of dependencies (ARGS=--upgrade: the newest versions)
	@trap 'rm -rf .venv-lock' EXIT
	$(find_python)
	"$$python" -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --disable-pip-version-check --quiet uv==$(UV_VERSION)
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --custom-compile-command 'make lock' $(ARGS) \
	    --output-file requirements.lock pyproject.toml requirements.in

clean: ## remove the environment, caches and builds
	@rm -rf $(VENV) .venv-lock .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	@find src tests $(wildcard benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps, so that only another lock needs the network: a changed pyproject.toml does not, and neither does a
# lock that only looks newer (after a checkout), because the first stamp is the lock that was installed.
$(VENV)/.lock: requirements.lock
	@if cmp --quiet $< $@; then touch $@; exit; fi
	$(find_python)
	echo "Installing the locked dependencies into $(VENV) with $$("$$python" --version) (about a minute)"
	"$$python" -m venv --clear $(VENV)
	$(PIP) --require-hashes --requirement $<
	cp $< $@

$(VENV)/.package: $(VENV)/.lock pyproject.toml
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	touch $@

# The first interpreter that really starts, is new enough and has venv. (python3.11 may be a shim that does not start.)
.ONESHELL:
define find_python
python=
for candidate in $(PYTHON) python3.11 python3 python; do
    if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$$candidate
        break
    fi
done
if [ -z "$$python" ]; then
    echo "verrekening needs Python 3.11 or newer with its module venv; found: $$(python3 --version 2>/dev/null || echo 'no python3')." >&2
    echo "Debian and Ubuntu: apt-get install python3-venv. Or name one: make install PYTHON=/path/to/python3.11" >&2
    exit 1
fi
endef
