# For a reader: `make run` and `make test`. Both make .venv when it is not there.
.PHONY: run test test-all quick lint format strings bench lock licences sbom
.DEFAULT_GOAL := run

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
PYTHON ?= python3 python3.13 python3.12 python3.11 python3.14 python

run: .venv/run.stamp  ## start the program; it prints its address. PORT=8600 sets the port, WORKERS=2 the processes, ARGS= goes to Streamlit
	@exec $(PY) -m $(if $(WORKERS),serving.workers --workers "$(WORKERS)",streamlit run app.py) $(if $(PORT),--server.port $(PORT)) $(ARGS)

test: .venv/test.stamp  ## the tests, in a real browser too. ARGS= goes to pytest
	@$(PY) -m tests.browser
	@exec $(PY) -m pytest --numprocesses=2 --dist=worksteal -m "not thorough" $(ARGS)

test-all: .venv/test.stamp  ## those too that go through every entry where `make test` takes some; then `make test` with each of PYTHONS
	@for python in $(PYTHONS); do $(MAKE) --no-print-directory environment WITH=$$python || exit 1; done
	@$(PY) -m tests.browser
	@$(PY) -m pytest --numprocesses=2 --dist=worksteal $(ARGS)
	@for python in $(PYTHONS); do $(MAKE) --no-print-directory test-with WITH=$$python || exit 1; done

# The oldest and the newest Python that README names. PYTHONS="/opt/a/bin/python /opt/b/bin/python" says where they are.
PYTHONS ?= python3.11 python3.13
WITH_VERSION = $(shell $(WITH) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
WITH_PY = build/python$(WITH_VERSION)/bin/python
.PHONY: environment test-with
environment:  ## the environment in which the tests run with the Python WITH
	@test "$(WITH_VERSION)" || { echo "No $(WITH) that runs. Install it, or say where it is: make test-all PYTHONS=\"/path/to/oldest /path/to/newest\"" >&2; exit 1; }
	@test -e $(WITH_PY) || { echo "Making build/python$(WITH_VERSION) ..."; $(WITH) -m venv --clear build/python$(WITH_VERSION); }
	@$(WITH_PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
test-with: environment  ## `make test` with the Python WITH
	@$(WITH_PY) -c 'import sys; print("Python", sys.version)'
	@exec $(WITH_PY) -m pytest --numprocesses=2 --dist=worksteal -m "not thorough" $(ARGS)

quick: .venv/test.stamp  ## the tests that need no browser and no compiler: about a minute on two cores
	@exec $(PY) -m pytest --numprocesses=2 --dist=worksteal -m "not browser and not slow and not thorough" $(ARGS)

lint: .venv/test.stamp  ## what CI checks beside the tests
	@$(PY) -m pip check
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m pyright
	@$(MAKE) --no-print-directory lint-browser

format: .venv/test.stamp  ## put the code into its form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(MAKE) --no-print-directory format-browser

# ESLint and Prettier for the browser side. Nothing else here needs Node.
NODE := $(and $(shell command -v node),$(shell command -v npm))
NO_NODE := player/browser was not looked over: that takes node (20.19 or newer) and npm, and they are not here.
.PHONY: lint-browser format-browser
lint-browser format-browser: $(if $(NODE),node_modules/.stamp)
	@$(if $(NODE),npm run --silent $(@:-browser=),echo "$(NO_NODE)" >&2)

node_modules/.stamp: package.json package-lock.json
	@echo "Installing package.json's tools into node_modules ..."
	@npm ci --silent --no-audit --no-fund || { echo "Not installed: npm ci says why when it is run by hand. It needs a way to the npm registry." >&2; exit 1; }
	@touch $@

VENDOR := player/vendor
BUNDLE := npx --no-install esbuild --bundle --format=esm --minify --legal-comments=eof --log-level=warning
.PHONY: vendor
vendor: node_modules/.stamp  ## put what others wrote and browsers are served into player/vendor, as package.json names it
	@mkdir -p $(VENDOR)/d3-contour $(VENDOR)/gifenc $(VENDOR)/mediabunny
	@cp node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js $(VENDOR)/plotly/plotly.min.js
	@cp node_modules/plotly.js-cartesian-dist-min/LICENSE $(VENDOR)/plotly/LICENSE
	@cp node_modules/gifenc/dist/gifenc.esm.js $(VENDOR)/gifenc/gifenc.js
	@cp node_modules/gifenc/LICENSE.md $(VENDOR)/gifenc/LICENSE
	@echo 'export { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, WebMOutputFormat } from "mediabunny"' \
		| $(BUNDLE) > $(VENDOR)/mediabunny/mediabunny.js
	@cp node_modules/mediabunny/LICENSE $(VENDOR)/mediabunny/LICENSE
	@echo 'export { contours } from "d3-contour"' | $(BUNDLE) > $(VENDOR)/d3-contour/d3-contour.js
	@(cat node_modules/d3-contour/LICENSE; printf '\nd3-array, of which a part is in the file:\n\n'; cat node_modules/d3-array/LICENSE) > $(VENDOR)/d3-contour/LICENSE
	@sha256sum $(VENDOR)/*/*.js

BABEL := $(PY) -m babel.messages.frontend --quiet
strings: .venv/test.stamp  ## collect the strings, merge them into the catalogues, compile these
	@mkdir -p build
	@$(BABEL) extract --mapping-file pyproject.toml --no-location --sort-output --output-file build/descent.pot .
	@$(BABEL) update --domain descent --input-file build/descent.pot --output-dir locales \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	@$(BABEL) compile --domain descent --directory locales

# What exactly is installed, from whom, under which licence. README says how to move to newer versions.
TOOLS := build/release/bin
build/release/stamp: requirements-release.txt | $(PY)
	@$(PY) -m venv --clear build/release && $(TOOLS)/python -m pip install --quiet --disable-pip-version-check -r requirements-release.txt && touch $@
build/locked/stamp: requirements.lock | $(PY)
	@$(PY) -m venv --clear build/locked && build/locked/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@build/locked/bin/python -m pip check && touch $@
lock: build/release/stamp  ## the newest versions that requirements.txt allows, for every Python and system, with their hashes
	@$(TOOLS)/uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes --upgrade --no-emit-index-url --no-emit-find-links --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock
licences: build/release/stamp build/locked/stamp  ## the table in LICENCES.md, of what requirements.lock installs
	@$(TOOLS)/pip-licenses --python build/locked/bin/python --format=markdown --order=name | $(PY) -m tests.licences
sbom: build/release/stamp build/locked/stamp  ## build/sbom.json, the software bill of materials in CycloneDX's form
	@$(TOOLS)/cyclonedx-py environment --output-reproducible --output-file build/sbom.json build/locked/bin/python && echo build/sbom.json

bench: .venv/test.stamp  ## what benchmarks/ measures, but for its long day; about thirty minutes
	@for file in $(filter-out benchmarks/_% benchmarks/day.py,$(wildcard benchmarks/*.py)); do echo "$$file"; $(PY) -m "benchmarks.$$(basename "$$file" .py)" || exit 1; done

# LOCKED=1 installs what requirements.lock names, and nothing whose hash is another.
WANTED := $(if $(LOCKED),--require-hashes -r requirements.lock,-r requirements.txt)
.venv/run.stamp: requirements.txt requirements.lock | $(PY)
	@echo "Installing $(lastword $(WANTED)) into .venv ..."
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@$(PIP) $(WANTED) || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing requirements-dev.txt into .venv ..."
	@$(PIP) -r requirements-dev.txt || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	@touch $@

NOT_INSTALLED := Not installed: pip says why above. It needs a way to PyPI, and .venv a Python >= 3.11 (if it has an older one, remove .venv).

# The first of $(PYTHON) that runs, is new enough and can make an environment.
$(PY):
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		new=$$python; \
		"$$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || continue; \
		echo "Making .venv with $$("$$python" --version) ..."; \
		"$$python" -m venv --clear .venv && exit; \
		rm -rf .venv; \
	done; \
	if [ "$$new" ]; then echo "$$new cannot make a virtual environment: it has no venv or ensurepip module (on Debian and Ubuntu: apt install python3-venv)." >&2; \
	else echo "No Python >= 3.11 found (tried: $(PYTHON)). Install one, or name it: make run PYTHON=/path/to/python3" >&2; fi; \
	exit 1
