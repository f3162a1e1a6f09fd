# `make run` opens the app, `make test` passes all tests; each first installs what it needs.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test
run: .venv/app
	$(BIN)/streamlit run streamlit_app.py

test: .venv/tests
	$(BIN)/python tests/browser/install.py
	$(BIN)/python -m pytest

.venv/app: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: .venv/app tests/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@
