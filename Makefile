# Every target calls a plain script, so that `python3 -m venv` and `pip` users see how.
.PHONY: setup demo shape test test-faults lint messages bench bench-live crosscheck
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
PROFILES ?= 300

setup:
	@$(PYTHON) scripts/setup.py

demo: setup
	@DEMO=1 .venv/bin/python scripts/demo.py --host $(HOST) --port $(PORT)

shape:
	@$(PYTHON) scripts/setup.py --test
	@.venv/bin/python -m scripts.shape --port $(PORT)

test:
	@$(PYTHON) scripts/setup.py --test
	@.venv/bin/python scripts/test.py

test-faults:
	@$(PYTHON) scripts/setup.py --test
	@.venv/bin/python scripts/faults.py

lint:
	@$(PYTHON) scripts/setup.py --test
	@.venv/bin/python scripts/lint.py

messages:
	@.venv/bin/python scripts/messages.py

bench:
	@$(PYTHON) scripts/setup.py --peers
	@.venv-peers/bin/python -m benchmarks.tally
	@$(MAKE) --no-print-directory bench-live

bench-live:
	@$(PYTHON) scripts/setup.py --test
	@.venv/bin/python scripts/bench_live.py $(BENCH)

crosscheck:
	@$(PYTHON) scripts/setup.py --peers
	@.venv-peers/bin/python -m benchmarks.crosscheck --profiles $(PROFILES)
