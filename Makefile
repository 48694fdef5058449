# samestory. `make report` and `make test` are all that is needed; each sets up what it needs and says so.
#
#   make report                      run every notebook on seeds/, write rendered/index.html
#   make report ARTICLES=my-folder   the same on your own articles
#   make lab                         open the notebooks in JupyterLab
#   make demo                        the same on an invented story of five outlets: rendered/demo/index.html
#   make test                        check style and types, run all tests, the notebooks included
#   make test-browser                look at the pages in an installed Chromium
#   make notebooks                   run the notebooks in place and store what they show
#   make pictures                    take the pictures of the README anew, with an installed Chromium
#   make lock                        choose anew the exact versions in requirements.txt
#   make clean                       remove all that the above made

PYTHON ?= python3
ARTICLES ?= seeds
OUT ?= rendered
CACHE := $(CURDIR)/.cache/annotations
COVERAGE := .cache/coverage.json
BIN := .venv/bin
READY := .venv/.ready
CHROMIUM = $(BIN)/python -c 'import sys; from samestory.publishing.browser import find_browser as f; sys.exit(not f())' || \
	{ echo "No Chromium is installed, so the pages were not looked at (Debian: apt-get install chromium)."; exit 1; }
BROWSER_TOOLS = $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.txt

# An environment that was made elsewhere (a moved or copied folder) points to the wrong place.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
$(shell rm -f $(READY))
endif

.PHONY: report demo lab test test-browser notebooks pictures lock clean

report: $(READY)
	@echo "==> Running the notebooks on $(ARTICLES)"
	@$(BIN)/samestory report "$(ARTICLES)" --out "$(OUT)"

demo: $(READY)
	@$(BIN)/samestory report tests/fixtures/story --out rendered/demo

lab: $(READY)
	@echo "==> Opening JupyterLab; stop it with Ctrl-C"
	@$(BIN)/jupyter trust notebooks/*.ipynb > /dev/null
	@SAMESTORY_CACHE="$(CACHE)" $(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/0-articles.ipynb \
		--ContentsManager.pre_save_hook=samestory.pages.controls.without_controls

test: $(READY)
	@echo "==> Checking style and types"
	@$(BIN)/ruff check lib tests
	@$(BIN)/ruff format --check lib tests
	@$(BIN)/mypy
	@echo "==> Testing the library; the slowest ten tests and the coverage of each module are printed below"
	@$(BIN)/pytest -n auto --dist loadscope --durations=10 --cov --cov-report=json:$(COVERAGE) tests
	@$(BIN)/python tests/check_coverage.py $(COVERAGE)
	@echo "==> Running the notebooks and comparing what they print"
	@$(BIN)/pytest --nbval --nbval-current-env -n auto --dist loadscope notebooks

test-browser: $(READY)
	@$(CHROMIUM)
	@$(BROWSER_TOOLS)
	@echo "==> Looking at the pages in a browser"
	@$(BIN)/pytest tests/browser

notebooks: $(READY)
	@echo "==> Running the notebooks in place"
	@$(BIN)/samestory notebooks

pictures: demo
	@$(CHROMIUM)
	@$(BROWSER_TOOLS)
	@echo "==> Taking the pictures of the README"
	@$(BIN)/python tests/browser/take_pictures.py rendered/demo notebooks/pictures

lock: $(READY)
	@echo "==> Choosing versions for every platform"
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra test --extra build --universal --python-version 3.11 \
		--generate-hashes --no-header --upgrade --quiet --output-file requirements.txt
	@# Python 3.11's own pip wants the extra that pytest-cov asks for by name, and stumbles over that of lxml.
	@sed -i.old 's/^coverage==/coverage[toml]==/' requirements.txt && rm requirements.txt.old
	@$(BIN)/uv pip compile --group browser --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--quiet --constraint requirements.txt --output-file requirements-browser.txt
	@echo "requirements.txt is written; the next make installs it"

clean:
	@echo "==> Removing .venv, .cache, $(OUT) and other made files"
	@rm -rf .venv .cache "$(OUT)" .pytest_cache .ruff_cache .mypy_cache .hypothesis notebooks/.ipynb_checkpoints
	@find lib tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "samestory needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "==> Setting up .venv (about 1 GB; some minutes, once)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "$(CURDIR)" > $(READY)
