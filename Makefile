# What a person or a CI run does with workplan. `make` alone lists the targets; the real work is in tools/setup.sh.
# Only make, git and python3 (with venv) have to be there.

# POSIX sh: a bare Debian has nothing else.
SHELL := /bin/sh
BIN := .venv/bin
PLAN ?= plan/2022
ARGS ?=
# What lint looks at; folders that do not exist (yet) are left out.
CODE := $(wildcard src tests tools)

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo test test-lowest torture fuzz bench lint lock wheel clean distclean

help: ## this list 列出目标
	@printf 'make demo    set up, then build %s          安装依赖并生成示例文件\n' '$(PLAN)'
	@printf 'make test    set up, then run the tests          运行测试（ARGS="-k name" 选择）\n'
	@printf 'make test-lowest  a few tests with the oldest libraries  用最旧的依赖运行少量测试\n'
	@printf 'make torture kill, starve and race builds, look at what is left  反复中断、断供，检查留下的文件\n'
	@printf 'make fuzz    break it with made-up inputs         模糊测试（TARGET=phrases SECONDS=600）\n'
	@printf 'make bench   measure it beside other programs     与其他程序比较速度（ARGS="--runs 3 --write"）\n'
	@printf 'make lint    ruff and mypy                       代码检查\n'
	@printf 'make setup   fonts, libraries, .venv             只安装依赖\n'
	@printf 'make lock    renew requirements*.lock            更新锁定的依赖版本（ARGS=--upgrade 取最新）\n'
	@printf 'make wheel   build dist/*.whl and dist/*.tar.gz  打包\n'
	@printf 'make clean   remove what was made                清除生成物（distclean 连同 .venv）\n'

setup:
	@sh tools/setup.sh demo

setup-test:
	@sh tools/setup.sh test

demo: setup
	@$(BIN)/workplan build $(PLAN)
	@printf '\n完成，文件在 %s\nDone: the files are in %s\n' 'build/$(notdir $(PLAN))/' 'build/$(notdir $(PLAN))/'

test: setup-test
	@$(BIN)/python -m pytest -n auto $(ARGS)

# What asks most of other people's libraries: documents in every format, checks, comparison, help, measuring.
LOWEST_TESTS := $(addsuffix .py,$(addprefix tests/test_,pdf docx docx_sheet docx_templates xlsx html text fonts hidden_pdf \
  rules schema syntax diff_command diff_files help)) \
  tests/test_measure_files.py::test_the_command_prints_table_and_findings
test-lowest:
	@sh tools/setup.sh lowest
	@.venv-lowest/bin/python -m pytest -n auto -m 'not office' $(LOWEST_TESTS) $(ARGS)

# Not part of the tests: it takes minutes. ARGS='--seed 7 --kills 50' repeats a run, or shortens it.
torture: setup
	@$(BIN)/python tools/torture $(ARGS)

# Coverage-guided, one target after the other: what breaks a law is written into .cache/fuzz. See tools/fuzz.
TARGET ?= all
SECONDS ?= 60
fuzz: setup-test
	@$(BIN)/python -m pip -qq --disable-pip-version-check install --no-deps --require-hashes -r requirements-fuzz.lock
	@PYTHONPATH=tools:tests $(BIN)/python -m fuzz $(TARGET) -max_total_time=$(SECONDS) $(ARGS)

# Takes turns, so that what else the machine does meets all alike; still best on an idle one. ARGS=--write renews docs/benchmarks.md.
bench: setup
	@$(BIN)/python -m pip -qq --disable-pip-version-check install --no-deps --require-hashes -r requirements-bench.lock
	@$(BIN)/python tools/bench $(ARGS)

lint: setup
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

# For every platform, with the hashes of all files of the public index: --no-config leaves this machine's own indexes out.
# Releases stay as they are where they still fit pyproject.toml; ARGS=--upgrade takes the newest. The lowest ones are found
# anew each time. uv is needed here alone, so it is not in .venv.
UV := .cache/lock/bin/uv
COMPILE := $(UV) --no-config pip compile --universal --python-version 3.11 --generate-hashes --no-header \
  --annotation-style line --quiet
lock: $(UV)
	@cp requirements.lock .cache/requirements.lock
	@$(COMPILE) pyproject.toml --extra cluster --extra preview --group dev $(ARGS) --output-file .cache/requirements.lock >/dev/null
	@{ printf '%s\n' '# Runtime and development dependencies of workplan for every platform, from pyproject.toml. Written by `make lock`:' \
	  '# do not edit. Install with: pip install --no-deps --require-hashes -r requirements.lock'; \
	  grep -v '^#' .cache/requirements.lock; } >requirements.lock
	@rm -f .cache/requirements-lowest.lock
	@$(COMPILE) pyproject.toml --extra cluster --extra preview --group build --group test --resolution lowest-direct --output-file .cache/requirements-lowest.lock >/dev/null
	@{ printf '%s\n' '# The oldest releases that pyproject.toml allows of what workplan and its tests ask for themselves, and what these need.' \
	  '# Written by `make lock`: do not edit. `make test-lowest` installs them into .venv-lowest.'; \
	  cat .cache/requirements-lowest.lock; } >requirements-lowest.lock
	@cp requirements-fuzz.lock .cache/requirements-fuzz.lock
	@$(COMPILE) --group fuzz $(ARGS) --output-file .cache/requirements-fuzz.lock >/dev/null
	@{ printf '%s\n' '# What `make fuzz` needs besides, written by `make lock`: do not edit.'; \
	  grep -v '^#' .cache/requirements-fuzz.lock; } >requirements-fuzz.lock
	@cp requirements-bench.lock .cache/requirements-bench.lock
	@$(COMPILE) --group bench $(ARGS) --output-file .cache/requirements-bench.lock >/dev/null
	@{ printf '%s\n' '# What `make bench` needs besides, written by `make lock`: do not edit.'; \
	  grep -v '^#' .cache/requirements-bench.lock; } >requirements-bench.lock
	@rm .cache/requirements.lock .cache/requirements-lowest.lock .cache/requirements-fuzz.lock .cache/requirements-bench.lock

$(UV):
	@python3 -m venv .cache/lock
	@.cache/lock/bin/python -m pip --quiet --disable-pip-version-check install 'uv>=0.9'

wheel: setup
	@$(BIN)/python -m build --no-isolation

clean:
	@rm -rf build dist .cache .hypothesis .pytest_cache .mypy_cache .ruff_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	@rm -rf .venv .venv-lowest
