# Everything one does with Crossread from a shell. `make demo` and `make test` each work as the first and only command
# in a fresh clone; they need make and Python 3.12 or newer.

export PORT ?= 8000
EVAL_DATA ?= ../shared

PYTHON_HERE := .venv/bin/python
MANAGE := $(PYTHON_HERE) manage.py
SERVE := $(PYTHON_HERE) -m gunicorn --config python:config.gunicorn_settings
PIP_COMPILE := build/pip-tools/bin/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--newline lf --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run test check stop bench evaluate requirements

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

setup: ## install what running needs into .venv, when it is not there yet
	@python=$$(.ci/find-python) && "$$python" .ci/setup.py

setup-dev: ## the same with what testing and checking needs
	@python=$$(.ci/find-python) && "$$python" .ci/setup.py dev

demo: export CROSSREAD_MODE = demo
demo: setup ## the sample story with people for every role, on PORT (8000)
	@$(PYTHON_HERE) -m config.gunicorn_settings
	@$(MANAGE) load_demo
	@exec $(SERVE)

run: setup ## Crossread with your own data (.data, or CROSSREAD_DATA), on PORT (8000)
	@$(PYTHON_HERE) -m config.gunicorn_settings
	@$(MANAGE) migrate --verbosity 0
	@exec $(SERVE)

stop: ## end the web servers and embedded databases of this folder
	@test ! -e $(PYTHON_HERE) || $(PYTHON_HERE) -m config.local_server

test: setup-dev ## all tests; PYTEST="-k name" narrows them down
	@$(PYTHON_HERE) -m pytest $(PYTEST)

check: setup-dev ## format, lint, types, templates, missing migrations, deploy check
	@$(PYTHON_HERE) -m ruff format --check .
	@$(PYTHON_HERE) -m ruff check .
	@$(PYTHON_HERE) -m mypy
	@find articles annotations config templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 6.1
	@$(MANAGE) makemigrations --check --dry-run
	@env -u CROSSREAD_MODE DATABASE_URL=postgresql://nobody@127.0.0.1:1/none DEBUG=0 \
		SECRET_KEY=only-for-this-check-Zk3vQ9xT7mWp2LrB8nHd5YcF6uJaEs4G BASE_URL=https://desk.example.org \
		$(MANAGE) check --deploy --fail-level WARNING

bench: setup-dev ## time importing, reading, saving a note, searching 100,000 articles and their copy
	@$(PYTHON_HERE) -m tests.benchmarks
	@$(PYTHON_HERE) -m tests.benchmarks.search
	@$(PYTHON_HERE) -m tests.benchmarks.copies

evaluate: setup-dev ## score the analysis against the gold in EVAL_DATA
	@$(PYTHON_HERE) -m tests.evaluation "$(EVAL_DATA)" --report docs/EVALUATION.md

# Made on the oldest Python that is supported: what only it needs is in the list then, and harmless elsewhere.
requirements: ## make the hash-pinned requirement files anew from pyproject.toml; UPGRADE=1 takes the newest versions
	@python=$$(.ci/find-python 3.12) && "$$python" -m venv build/pip-tools
	@build/pip-tools/bin/python -m pip install --quiet --disable-pip-version-check "pip-tools>=7.6,<8"
	@$(PIP_COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.txt pyproject.toml
	@build/pip-tools/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(PIP_COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements.txt --output-file requirements-dev.txt -
	@! grep --line-number --extended-regexp '://|^-' requirements.txt requirements-dev.txt
