# make demo: the whole portal on this machine.   make test: the whole suite.   make help: the rest.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .local/uv-$(UV_VERSION)/bin/uv
BIN := .venv/bin
INSTALLED := .venv/.installed
# Lets every command of .venv/bin find the project, `pytest` called by its name included.
PTH := laocai-tdkt.pth

export PYTHON
export UV_PYTHON_DOWNLOADS := never
# The certificates that the machine trusts, so that an office proxy is no obstacle.
export UV_SYSTEM_CERTS := 1
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

# Throwaway values: the check asks whether production's settings are safe, not whether servers answer.
PRODUCTION := DJANGO_SETTINGS_MODULE=laocai_tdkt.settings.production \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	IDENTITY_KEYS='{"check": "Y2hlY2sta2V5LWNoZWNrLWtleS1jaGVjay1rZXktMDE="}' \
	ALLOWED_HOSTS=thidua.example SITE_URL=https://thidua.example \
	DATABASE_URL=postgres://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0

CHECKS := check-code check-imports check-templates check-migrations check-production check-dependencies check-compose
.PHONY: help install demo demo-reset test prove chaos mutate bench check audit sbom fmt clean $(CHECKS)

help:  ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */make \1\t/' | expand -t 18

install: $(INSTALLED)  ## make .venv with the locked packages

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.13 …'; exit 1; }
	@bin/system-packages venv
	@$(PYTHON) -m venv .local/uv-$(UV_VERSION)
	@$(@D)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(INSTALLED): pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --quiet --compile-bytecode --python $(PYTHON)
	@$(BIN)/python -c 'import pathlib, sysconfig; print(pathlib.Path.cwd(), file=open(sysconfig.get_path("purelib") + "/$(PTH)", "w"))'
	@touch $@

demo: $(INSTALLED)  ## run the portal with its demo data; PORT=8123 and DEMO_CLOCK=2027-02-18T09:00 change it
	@bin/system-packages pdf
	@$(BIN)/python -m laocai_tdkt.run demo

demo-reset: $(INSTALLED)  ## remove the demo's data
	@$(BIN)/python -m laocai_tdkt.run reset

test: $(INSTALLED)  ## run the whole suite; ARGS='tests/core -n 0' passes options to pytest
	@bin/system-packages pdf browser
	@$(BIN)/python -m pytest $(ARGS)

prove: $(INSTALLED)  ## run the long proofs, which `make test` leaves out
	@bin/system-packages pdf browser office
	@$(BIN)/python -m pytest -m prove $(ARGS)

chaos: $(INSTALLED)  ## kill web, workers, broker and database at random; FILINGS=40 RENDERINGS=20 MAILS=120 make it small
	@bin/system-packages pdf
	@FILINGS=$(FILINGS) RENDERINGS=$(RENDERINGS) MAILS=$(MAILS) SEED=$(SEED) \
		$(BIN)/python -m pytest -m prove tests/proofs/test_chaos.py -n 0 $(ARGS)

mutate: $(INSTALLED)  ## change the engine and the transitions operator by operator; their tests must notice
	@bin/system-packages pdf
	@$(UV) sync --frozen --quiet --all-groups
	@bin/mutate

bench: $(INSTALLED)  ## measure against the floors, on this machine and loopback; writes docs/performance.md
	@bin/system-packages pdf
	@$(BIN)/python -m bench $(ARGS)

check: $(CHECKS)  ## lint code and templates, check imports, migrations, production settings and dependencies
$(CHECKS): $(INSTALLED)

check-code:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-imports:
	$(BIN)/lint-imports

check-templates:
	$(BIN)/djlint --quiet --lint templates

check-migrations:
	@bin/system-packages pdf
	@$(PRODUCTION) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

check-production:
	@bin/system-packages pdf
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

check-dependencies:
	$(BIN)/deptry .

check-compose:
	bin/check-compose

audit: $(INSTALLED)  ## ask the package index for known vulnerabilities of the locked packages
	$(UV) export --frozen --quiet --no-default-groups --no-emit-project --format requirements-txt --output-file .local/requirements.txt
	$(BIN)/pip-audit --disable-pip --require-hashes --requirement .local/requirements.txt

sbom: $(INSTALLED)  ## write .local/sbom.cdx.json, the bill of materials of what a server installs (CycloneDX)
	$(UV) export --frozen --quiet --no-default-groups --no-emit-project --format cyclonedx1.5 --output-file .local/sbom.cdx.json

fmt: $(INSTALLED)  ## format the code
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

clean:  ## remove what was installed, but not the demo's data
	rm -rf .venv .local/uv-* staticfiles .pytest_cache .ruff_cache .import_linter_cache
