# make demo and make test do all set-up; they need Python 3.11 or newer and a package index, nothing else.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

fits = $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $(fits) && echo $$p && break; done)
PYTHON_313 ?= $(shell for p in python3.13 $$HOME/.pyenv/versions/3.13*/bin/python3.13; do $(fits) && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
CORPUS ?= $(HOME)/.cache/apiscribe/corpus
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PACKAGE := generated/samsungcloud
PACKAGED := $(wildcard $(PACKAGE)/pyproject.toml)

ORACLES := .venv-oracles
SITE := .venv-site

.PHONY: help demo test test-matrix test-browser test-oracles test-site test-prism check lint format bench corpus generate template-docs lock audit clean

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.installed ## From two documentation pages to a signed call, step by step
	$(BIN)/python tests/demo/demo.py

test: $(VENV)/.installed ## Run all tests
	$(BIN)/python -m pytest -q --numprocesses auto

test-matrix: ## Run all tests on Python 3.13 as well, in an environment of its own
	@test -n "$(PYTHON_313)" || { echo "no Python 3.13 here"; exit 1; }
	$(MAKE) test PYTHON="$(PYTHON_313)" VENV=.venv-3.13

test-browser: $(VENV)/.browser ## Look at the coverage page in a headless browser (Debian's chromium, or CHROMIUM=PATH)
	@test -n "$(CHROMIUM)" || { echo "no chromium here: apt-get install chromium, or CHROMIUM=PATH"; exit 1; }
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest -q tests/browser/coverage_page.py

test-oracles: $(ORACLES)/.locked ## Compare signatures with the vendors' own code, in an environment of its own
	PYTHONPATH=generator $(ORACLES)/bin/python -m pytest -q --noconftest -p no:cacheprovider -o python_files='oracle_*.py' \
	    -o filterwarnings=default tests/oracles

test-site: $(VENV)/.installed $(SITE)/.locked ## Build sites of references with mkdocs, in an environment of its own
	MKDOCS="$(CURDIR)/$(SITE)/bin/mkdocs" $(BIN)/python -m pytest -q tests/site/reference_site.py

test-prism: $(VENV)/.installed ## Let a validating mock judge requests (npm; DOCUMENTS="FILE..." for others than its own)
	$(BIN)/python tests/prism/walk.py $(or $(DOCUMENTS),tests/prism/everything.yaml)

check: $(VENV)/.installed ## Tell whether pages, documents and packages are in step
	$(BIN)/apiscribe check --pages

lint: $(VENV)/.installed ## Formatting, lint rules and types
	$(BIN)/black --check --quiet generator tests templates .ci
	$(BIN)/ruff check generator tests templates .ci
	$(BIN)/mypy generator/apiscribe
	$(BIN)/mypy templates/runtime
	$(if $(PACKAGED),$(BIN)/mypy $(PACKAGE)/samsungcloud)
	$(BIN)/basedpyright --pythonpath $(BIN)/python

format: $(VENV)/.installed ## Format what is written by hand
	$(BIN)/black --quiet generator tests templates .ci
	$(BIN)/ruff check --fix --quiet generator tests templates .ci

bench: $(VENV)/.installed ## Measure what the project promises
	status=0; for script in tests/benchmarks/*.py; do $(BIN)/python $$script || status=1; done; exit $$status

corpus: $(VENV)/.installed ## Examine what is generated from real documents (npm; two hours; CORPUS=DIR holds them)
	$(BIN)/python tests/corpus/fetch.py --into "$(CORPUS)/documents"
	$(BIN)/python tests/corpus/run.py --documents "$(CORPUS)/documents" --work "$(CORPUS)/work" --table docs/corpus.md >/dev/null

generate: $(VENV)/.installed ## Documents to packages, as apiscribe.toml says
	$(BIN)/apiscribe generate

template-docs: $(VENV)/.installed ## List the context of the templates in docs/templates.md anew
	$(BIN)/python -m tests.template_context > docs/.templates.md && mv docs/.templates.md docs/templates.md

lock: $(VENV)/.locked ## Resolve all tools and test dependencies anew, with hashes
	$(BIN)/python .ci/lock.py

audit: ## Fail on a known advisory against anything in requirements.lock
	.ci/audit

clean: ## Remove environments and caches
	rm -rf .venv .venv-3.13 $(ORACLES) $(SITE) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(ORACLES)/.locked: tests/oracles/requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(ORACLES)
	$(ORACLES)/bin/python -m pip install --quiet --require-hashes --requirement tests/oracles/requirements.lock
	@touch $@

$(SITE)/.locked: tests/site/requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(SITE)
	$(SITE)/bin/python -m pip install --quiet --require-hashes --requirement tests/site/requirements.lock
	@touch $@

$(VENV)/.locked: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.browser: $(VENV)/.installed .ci/browser.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement .ci/browser.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml $(PACKAGED)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . $(if $(PACKAGED),--editable $(PACKAGE))
	@touch $@
