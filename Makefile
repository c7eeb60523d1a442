# The two commands of a newcomer: make demo, make test. Each does its own set-up on a machine with python3 and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test bench lint types imports pytest lock clean

demo: $(STAMP)
	$(BIN)/cmebot demo demo

test: $(STAMP) dovecot lint types imports pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

pytest: $(STAMP)
	$(BIN)/pytest -n $$(($$(nproc) + 1))  # One more than there are cores: some tests wait.

# The mailbox tests talk to a real IMAP server. Where it is missing and may be installed, it is; elsewhere the tests say
# which command to run.
.PHONY: dovecot
dovecot:
	@command -v dovecot >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -q >/dev/null && apt-get install -yq --no-install-recommends dovecot-imapd >/dev/null; } \
	  || echo "dovecot is missing: the tests that need it are skipped"

# The real daemon, killed a thousand times while mails come in (about an hour). SEED=n plays one campaign again.
.PHONY: chaos
chaos: $(STAMP) dovecot
	$(BIN)/python -m tests.chaos --kills $(or $(KILLS),1000) $(if $(SEED),--seed $(SEED))

# The figures of docs/performance.md; the pictures alone take an hour.
bench: $(STAMP)
	$(BIN)/python -m bench
	$(BIN)/python -m bench.forms
	$(BIN)/python -m bench.scans

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot parsers rules outbound
	@touch $@

# After a change of the dependencies in pyproject.toml.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 pyproject.toml --extra dev \
	  --generate-hashes --no-header --no-emit-index-url -o requirements.lock

clean:
	rm -rf $(VENV) demo build *.egg-info
