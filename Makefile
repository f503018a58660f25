# Two commands do everything: `make run` and `make test`. Both set up what they need; a second call takes seconds.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
RUN_PACKAGES := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := chromium-headless-shell poppler-utils
MANAGE := $(BIN)/python manage.py
SERVE = $(MANAGE) serve --bind $(ADDRESS)
DEMO := DEMONSTRATION=true $(MANAGE)

.PHONY: run office dev test check test-postgres test-pythons pages lint demo-reset demo-second-year setup setup-dev wheel clean

run: setup var/static/staticfiles.json
	@$(MANAGE) migrate --verbosity 0
	@$(DEMO) load_demo --if-empty
	@$(MANAGE) setup_code --if-empty
	@echo "SAKIP siap di http://$(ADDRESS)/ – hentikan dengan Ctrl+C"
	@exec $(SERVE)

# An installation of one's own, empty at first: database and files in var/kantor, apart from the demonstration.
office: export SAKIP_ENV := $(CURDIR)/var/kantor/env
office: setup var/kantor/env var/static/staticfiles.json
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) setup_code --if-empty
	@echo "SAKIP kantor siap di http://$(ADDRESS)/ – hentikan dengan Ctrl+C"
	@exec $(SERVE)

# For whoever changes the code: reloads by itself and shows errors with their source. The same database as `make run`.
dev: setup-dev
	@$(MANAGE) migrate --verbosity 0
	@$(DEMO) load_demo --quiet --if-empty
	@DEBUG=true $(MANAGE) runserver $(ADDRESS)

# Compiled modules are kept, also where the environment says otherwise: each of the many processes of the tests would compile all of them anew.
test check test-postgres test-pythons pages: export PYTHONDONTWRITEBYTECODE :=

# A file of tests stays with one worker, which keeps what its tests share. The longest come first (tests/conftest.py says which).
PARALLEL := --numprocesses auto --dist loadfile --no-loadscope-reorder

test: lint
	$(BIN)/python -m pytest $(PARALLEL)

# Before a commit, in less than a minute: all that `make lint` asks, the rules, the code itself and the tests of the rooms that changed.
check: lint
	$(BIN)/python -m pytest -m "not browser and not pages" $(PARALLEL) $$($(BIN)/python -m tests.support.changed_tests)

test-postgres: setup-dev
	@command -v pg_ctlcluster >/dev/null || $(MAKE) --no-print-directory packages WANTED=postgresql
	$(BIN)/python tests/support/with_postgres.py $(BIN)/python -m pytest -m "not browser and not pages" $(PARALLEL)

# On other Pythons, names or paths, without browsers: each gets a place of its own under var/.
PYTHONS ?= python3.11 python3.12 python3.13

test-pythons: setup-dev
	@failed=; for python in $(PYTHONS); do \
	  version=$$($$python -c 'import platform; print(platform.python_version())') && place=var/python-$$version && \
	  { test -x $$place/bin/pip || $$python -m venv $$place; } && \
	  $$place/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
	  echo "Python $$version" && \
	  $$place/bin/python -m pytest -m "not browser and not pages" $(PARALLEL) || failed="$$failed $$python"; \
	done; test -z "$$failed" || { echo "Gagal dengan:$$failed"; exit 1; }

# What is slow or needs node: the guide, axe-core over every page, Lighthouse, sizes, slow lines. Weights first, alone on the machine.
PAGE_TOOLS := tests/pages/node_modules/.package-lock.json

pages: setup-dev $(PAGE_TOOLS)
	@$(BIN)/python -m pytest -m pages tests/whole/test_guide_site.py
	@weight=0; $(BIN)/python -m pytest -m pages tests/whole/test_page_weight.py || weight=1; \
	$(BIN)/python -m pytest -m pages tests/whole/test_page_access.py --numprocesses auto --dist load && exit $$weight

$(PAGE_TOOLS): tests/pages/package-lock.json
	@command -v npm >/dev/null || $(MAKE) --no-print-directory packages WANTED="nodejs npm"
	@cd tests/pages && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent
	@touch $@

.PHONY: docs pictures

# The guide as a site, which the application serves below /panduan/ from its next start on; and its pictures, of the running demonstration: all, or
# those of ONLY="siklus capaian".
docs: setup-dev
	@$(BIN)/mkdocs build --strict --config-file docs/mkdocs.yml
	@echo "Panduan: var/public/panduan/index.html, dan /panduan/ pada aplikasi sesudah dimulai ulang."

pictures: setup-dev
	@DJANGO_SETTINGS_MODULE=sakip.test_settings $(BIN)/python -m tests.support.pictures $(ONLY)

lint: setup-dev
	@mkdir -p var
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=sakip.test_settings $(MANAGE) makemigrations --check --dry-run
	SAKIP_ENV=/dev/null SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w0) ALLOWED_HOSTS=sakip.example EMAIL_URL=smtp://sakip.example $(MANAGE) check --deploy --fail-level WARNING

# Asks first; `make demo-reset YES=1` doesn't. Anything that is no demonstration stops it.
demo-reset: setup
	@$(MANAGE) migrate --verbosity 0
	@$(DEMO) demo_reset $(if $(YES),--yes)
	@$(DEMO) load_demo

# The harder year after the demonstration's first: data awal, APBD-P, a kelurahan, a correction. Its dates run ahead of today.
demo-second-year: setup
	@$(MANAGE) migrate --verbosity 0
	@$(DEMO) load_demo --quiet --second-year

setup: $(VENV)/runtime var/env

setup-dev: $(VENV)/development var/env

$(VENV)/runtime: requirements.lock
	@$(MAKE) --no-print-directory packages WANTED="$(RUN_PACKAGES)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/development: requirements-dev.lock
	@$(MAKE) --no-print-directory packages WANTED="$(RUN_PACKAGES) $(TEST_PACKAGES)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Debian packages that are not there yet: installed with root or sudo, otherwise one sentence says what to do.
.PHONY: packages
packages:
	@missing=$$(for p in $(WANTED); do dpkg -s $$p >/dev/null 2>&1 || printf '%s ' $$p; done); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; \
	  else echo "Paket sistem belum ada. Jalankan: sudo apt-get install $$missing"; exit 1; fi; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq $$missing >/dev/null; \
	fi

var/static/staticfiles.json: $(VENV)/runtime $(shell find static -type f) | var/env
	@$(MANAGE) collectstatic --noinput --verbosity 0

var/env:
	@mkdir -p var
	@umask 077 && printf 'SECRET_KEY=%s\nALLOWED_HOSTS=127.0.0.1,localhost\nHTTPS=false\nPUBLIC_URL=http://$(ADDRESS)\n' "$$(head -c 48 /dev/urandom | base64 -w0)" > $@
	@chmod 600 $@

var/kantor/env:
	@mkdir -p var/kantor
	@umask 077 && printf 'SECRET_KEY=%s\nALLOWED_HOSTS=127.0.0.1,localhost\nHTTPS=false\nDEMONSTRATION=false\nPUBLIC_URL=http://$(ADDRESS)\nDATABASE_URL=sqlite:///$(CURDIR)/var/kantor/sakip.sqlite3\nMEDIA_ROOT=$(CURDIR)/var/kantor/media\n' "$$(head -c 48 /dev/urandom | base64 -w0)" > $@
	@chmod 600 $@

# What everything costs, as ratios in one run, written to docs/performance.md: with the demonstration and with 70 offices, on SQLite and PostgreSQL.
# ONLY="worksheet pages" and DATABASES=sqlite measure less; SIZE=L also 7,000 offices, which takes hours and some 20 GB.
.PHONY: bench

bench: setup-dev
	@command -v pg_ctlcluster >/dev/null || $(MAKE) --no-print-directory packages WANTED=postgresql
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(DATABASES),--databases $(DATABASES)) $(if $(filter L,$(SIZE)),--large)

# What an office installs: the program as one file, beside it the versions of its libraries that it was tried with, and the guide.
wheel: setup docs
	@rm -rf var/wheel && mkdir -p var/wheel
	@$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir var/wheel .
	@cp requirements.lock var/wheel/
	@tar -C var/public -czf var/wheel/panduan.tar.gz panduan
	@ls var/wheel

clean:
	rm -rf $(VENV) var/static
