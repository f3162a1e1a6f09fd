# `make run` opens the app, `make test` passes all tests; each first installs what it needs.
# `make fast` passes those that need no browser.

PYTHON ?= python3
BIN := .venv/bin
NEW_ENOUGH := 'import sys; sys.exit(sys.version_info < (3, 11) and \
	"nnviz needs Python 3.11 or newer. If you have one: make PYTHON=python3.12 run")'

.PHONY: run test fast
run: .venv/app
	$(BIN)/streamlit run streamlit_app.py

test: fast
	$(BIN)/python tests/browser/install.py
	$(BIN)/python -m pytest tests/browser

fast: .venv/tests
	$(BIN)/python -m pytest --numprocesses auto tests/unit tests/page

.venv/app: requirements.txt
	@$(PYTHON) -c $(NEW_ENOUGH)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: .venv/app tests/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@
