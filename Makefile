# What this project can be asked to do. `make run` and `make test` set up everything they need.
PYTHON_IN = .venv/bin/python
SAMPLE = build/southampton.planner

.PHONY: help run test check lock samples calendar campaigns accessible benchmarks clean

help:
	@echo "make run         set up, then open the window on a sample project (or take the tour where there is no display)"
	@echo "make test        set up, then run the whole suite"
	@echo "make check       lint, types, layers and registries, without the tests"
	@echo "make campaigns   the long reliability runs"
	@echo "make accessible  three journeys through the accessibility bus, as a screen reader goes"
	@echo "make benchmarks  what is measured, beside what it is measured against"
	@echo "make lock        pin the dependencies anew (needs uv)"
	@echo "make samples     draw the sample projects anew from their seed"
	@echo "make calendar    make the table of bank holidays anew"

run:
	@tools/setup.sh run
	@tools/run_sample.sh $(SAMPLE)

# Three on two cores, for a test often waits for what it started.
test:
	@tools/setup.sh test
	@echo "Running the suite ..."
	@$(PYTHON_IN) -m pytest -n 3 --dist worksteal

check:
	@tools/setup.sh test
	$(PYTHON_IN) -m ruff check planner tests tools benchmarks
	$(PYTHON_IN) -m ruff format --check planner tests tools benchmarks
	$(PYTHON_IN) -m mypy
	$(PYTHON_IN) -m pytest -q tests/test_layers.py tests/test_registries.py

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links -q --custom-compile-command "make lock" -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links -q --custom-compile-command "make lock" -o requirements-dev.lock

samples:
	$(PYTHON_IN) -m tools.make_samples

calendar:
	$(PYTHON_IN) -m tools.make_calendar

campaigns:
	@tools/setup.sh test
	$(PYTHON_IN) -m pytest -q tests/campaigns --campaign

accessible:
	@tools/setup.sh accessible
	@tests/accessible/run.sh

benchmarks:
	@tools/setup.sh test
	@for file in benchmarks/*.py; do echo "== $$file"; PYTHONPATH=. $(PYTHON_IN) $$file; done

clean:
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
