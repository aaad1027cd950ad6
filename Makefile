# make report builds this repository's report; make test checks everything. Each sets up what it
# needs: .venv, and, as root on Debian or Ubuntu, system packages.
.DEFAULT_GOAL := help
.PHONY: help report serve test test-fast lint format bench gallery stress faults fuzz setup lock clean

BIN := .venv/bin
CODE := reglet tests build.py $(wildcard bench)

help:
	@echo "make report      build content/ into output/"
	@echo "make serve       show content/ in the browser, again with every change"
	@echo "make test        lint, types, and every test"
	@echo "make test-fast   the quick tests alone"
	@echo "make lint        ruff and mypy alone"
	@echo "make format      lay the code out as ruff would"
	@echo "make bench       measure builds beside other tools', into bench/results/ (SIZE=L for more)"
	@echo "make gallery     picture every page of every theme, and the EPUB, into output/gallery"
	@echo "make stress      build reports of notes on every kind of page, and read their files"
	@echo "make faults      kill builds, fill their disk, run many at once, and look at the output"
	@echo "make fuzz        try texts on every parser, FUZZ_SECONDS=600 on each; two hours"
	@echo "make setup       .venv with everything for work on reglet"
	@echo "make lock        pin every package by its hashes anew"
	@echo "make clean       remove what was built; .venv stays"

report:
	@tools/setup.sh build
	@$(BIN)/python build.py

serve:
	@tools/setup.sh build
	@$(BIN)/python -m reglet serve

test: lint
	@$(BIN)/python -m pytest -m '' -n 2

test-fast: setup
	@$(BIN)/python -m pytest -n 2

lint: setup
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy --strict

format: setup
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

bench:
	@tools/setup.sh bench
	@$(BIN)/python -m bench layout
	@$(BIN)/python -m bench $(if $(SIZE),--sizes $(SIZE))

gallery: setup
	@$(BIN)/python -m bench.gallery

stress: setup
	@$(BIN)/python -m bench.stress
	@$(BIN)/python -m bench.stress --settings 200 --jobs 2

faults: setup
	@$(BIN)/python -m bench.faults

fuzz: setup
	@$(BIN)/python -m bench.fuzz

setup:
	@tools/setup.sh test

lock:
	@tools/lock.sh

clean:
	@rm -rf output dist build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
