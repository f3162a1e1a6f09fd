# `make run` opens the app, `make test` passes all tests; each first installs what it needs.
# `make fast` passes the quick ones that need no browser; `make check` reads the code without running it,
# and `make format` sets it as `make check` wants it.

PYTHON ?= python3
BIN := .venv/bin
NEW_ENOUGH := 'import sys; sys.exit(sys.version_info < (3, 11) and \
	"nnviz needs Python 3.11 or newer. If you have one: make PYTHON=python3.12 run")'

# The node is the one in .venv, whether the machine has another or none.
JAVASCRIPT := tests/javascript
PRETTIER := $(BIN)/node $(JAVASCRIPT)/node_modules/prettier/bin/prettier.cjs
ESLINT := $(BIN)/node $(JAVASCRIPT)/node_modules/eslint/bin/eslint.js
SCRIPTS := "nnviz/**/*.js" "tests/**/*.js"

.PHONY: run test fast check format
run: .venv/app
	$(BIN)/streamlit run streamlit_app.py

test: fast
	$(BIN)/python -m pytest --numprocesses auto -m long tests/unit tests/page
	$(BIN)/python tests/browser/install.py
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal tests/browser

fast: .venv/tests
	$(BIN)/python -m pytest --numprocesses auto -m "not long" tests/unit tests/page

check: .venv/javascript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PRETTIER) --check $(SCRIPTS)
	$(ESLINT) --config $(JAVASCRIPT)/eslint.config.js nnviz tests

format: .venv/javascript
	$(BIN)/ruff format .
	$(PRETTIER) --write $(SCRIPTS)

.venv/app: requirements.txt
	@$(PYTHON) -c $(NEW_ENOUGH)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: .venv/app tests/requirements.txt tests/torch.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/torch.txt 2>/dev/null || \
		echo "pip finds no PyTorch for processors alone; its tests are left out (tests/torch.txt)."
	touch $@

.venv/javascript: .venv/tests $(JAVASCRIPT)/package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --prefix $(JAVASCRIPT)
	touch $@
