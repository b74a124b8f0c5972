# `make run` and `make test` do everything on a fresh machine that has Python ≥ 3.11 and make.
PYTHON ?= python3
PORT ?= 8000

.PHONY: help setup run test bench lint clean

help:
	@echo "make run    set up, fill with sample data, start on http://127.0.0.1:$(PORT)"
	@echo "make test   set up what tests need, then lint, types, contracts, checks and tests"
	@echo "make bench  measure at this machine's size"
	@echo "make setup  only set up;  make clean  remove what was set up (not the data in var/)"

setup:
	@$(PYTHON) dev/setup.py

run: setup
	@.venv/bin/python dev/run.py --port $(PORT)

test: setup
	@$(PYTHON) dev/prepare_tests.py
	@.venv/bin/python dev/check.py

lint: setup
	@.venv/bin/python dev/check.py --only lint

bench: setup
	@.venv/bin/python -m benchmarks

clean:
	rm -rf .venv node_modules site/website/static/vendor
