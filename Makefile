# The one door. `make run` and `make test` are all that a newcomer needs.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)

.PHONY: setup run test lint bench messages screenshots

setup: .venv/.installed .env locale/.compiled

.venv/.installed: requirements.txt requirements-dev.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.env:
	cp .env.example .env

locale/.compiled: $(CATALOGUES) .venv/.installed
	.venv/bin/pybabel --quiet compile --domain django --directory locale
	touch $@

# A worker for long work runs beside the web process, and ends when that ends.
run: setup
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py load_demo || echo "Going on without the demo."
	@echo "http://127.0.0.1:$(PORT)/"
	$(PY) manage.py work --beside $$$$ & exec $(PY) manage.py runserver 127.0.0.1:$(PORT)

lint: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	$(PY) manage.py check --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run
	DEBUG=false SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(60))") \
	  ALLOWED_HOSTS=motcua.example.gov.vn $(PY) manage.py check --deploy --fail-level WARNING

# The same suite on SQLite, and on PostgreSQL where TEST_POSTGRES_URL names one.
# Lines are counted once, on SQLite: counting them takes as long as running them.
# `make test ARGS=tests/unit` runs a part, and then asks for no coverage.
test: setup
	DATABASE_URL= .venv/bin/pytest $(or $(ARGS),--cov-fail-under=95)
ifneq ($(TEST_POSTGRES_URL),)
	DATABASE_URL=$(TEST_POSTGRES_URL) .venv/bin/pytest --no-cov $(ARGS)
else
	@echo "PostgreSQL: skipped, because TEST_POSTGRES_URL names no server."
endif

bench: setup
	.venv/bin/pytest tests/bench -n 0 -p no:randomly -s --no-cov $(ARGS)

# Needs GNU gettext. Vietnamese is translated by hand, English fills itself in.
messages: setup
	.venv/bin/django-admin makemessages --locale vi --locale en --no-obsolete --no-wrap --ignore .venv --ignore build --ignore tests
	msgattrib --clear-fuzzy --empty --no-wrap locale/en/LC_MESSAGES/django.po \
	  | msgen --no-wrap --output-file locale/en/LC_MESSAGES/django.po -

# Redraws the pictures in docs/ from the running product.
screenshots: setup
	UPDATE_SCREENSHOTS=1 .venv/bin/pytest tests/e2e/test_screenshots.py --no-cov
