"""What the command line says of itself and of wrong calls, in both languages."""

from __future__ import annotations

from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from workplan import __version__
from workplan.cli.application import COMMANDS, build_command
from workplan.cli.session import Session
from workplan.resources.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

_COMMANDS = (
    *("", "new", "check", "build", "tasks", "units", "diff", "log", "git", "git install"),
    *("schema", "measure", "explain", "fmt", "doctor", "fonts", "fonts install"),
)


@pytest.mark.parametrize("command", _COMMANDS)
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_help_in_chinese_is_chinese_and_whole(
    command: str, columns: int, run: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = run(*command.split(), "--help").stdout
    assert "用法：" in shown
    assert "显示这份说明" in shown
    assert not [word for word in ("Usage", "OPTIONS", "COMMAND", "<bool>", "<str>", "list[", "…") if word in shown]


@pytest.mark.parametrize("command", _COMMANDS)
def test_help_in_english_has_no_chinese_but_official_terms(
    command: str, run: Callable[..., CompletedProcess[str]]
) -> None:
    shown = run("--lang", "en", *command.split(), "--help").stdout
    answers = ("完成时间", "存在问题", "下一步", "未反馈", "推进中", "有困难", "已完成", "逾期")
    for term in ("工作要点", "联系人", "进展情况", "签收", *answers):
        shown = shown.replace(term, "")
    assert "Usage: workplan" in shown
    assert not [sign for sign in shown if "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"]


def test_the_help_lists_every_command_with_what_it_does(run: Callable[..., CompletedProcess[str]]) -> None:
    shown = run("--help").stdout.splitlines()
    words = catalogue("zh")
    rows = [line for line in shown for name in COMMANDS if line.startswith(f"│ {name} ")]
    assert [row.split()[1] for row in rows] == list(COMMANDS)
    assert all(words.text(f"cli.{name}.help")[:8] in row for name, row in zip(COMMANDS, rows, strict=True))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("workplan ", [*COMMANDS]),
        ("workplan d", ["diff", "doctor"]),
        ("workplan git i", ["install"]),
        ("workplan tasks --u", ["--unit"]),
        ("workplan nothing --u", []),
    ],
)
def test_what_is_typed_is_completed(
    typed: str, offered: list[str], run: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_WORKPLAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert run().stdout.split() == offered


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("--version", 0),
        ("--version --version", 0),
        ("--version --lang en", 0),
        ("--lang en --version", 0),
        ("--lang=en --version", 0),
        ("--version check", 0),
        ("--version --help", 0),
        ("--version --nope", 2),
        ("--version=1", 2),
        ("--version --lang", 2),
        ("--lang --version", 2),
        ("check --version", 2),
    ],
)
def test_the_version_is_told_where_it_is_asked_for(
    call: str, code: int, run: Callable[..., CompletedProcess[str]]
) -> None:
    """The same whether it is answered at once or only after the call has been parsed."""
    ended = run(*call.split())
    assert (ended.returncode, ended.stdout) == (code, "" if code else f"workplan {__version__}\n")
    assert bool(ended.stderr) == bool(code)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("foo", "没有“foo”这个命令"),
        ("tasks --nope", "没有 --nope 这个选项"),
        ("tasks --unt 甲", "是不是 --out、--unit"),
        ("check --format", "选项 --format 后面要写内容"),
        ("check --strict=1", "选项 --strict 后面不写内容"),
        ("build --jobs 甲", "--jobs 的值写得不对"),
        ("tasks 甲 乙", "多写了“乙”"),
        ("new", "缺少 NAME"),
        ("check --format 甲", "可以用：text json"),
    ],
)
def test_a_wrong_call_is_explained_in_chinese(call: str, said: str, run: Callable[..., CompletedProcess[str]]) -> None:
    ended = run(*call.split())
    assert ended.returncode == 2
    assert said in ended.stderr


def test_without_a_command_the_help_is_all_that_is_said(run: Callable[..., CompletedProcess[str]]) -> None:
    ended = run()
    assert "用法：" in ended.stdout + ended.stderr
    assert "workplan: " not in ended.stderr


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "已为 bash 装好命令补全"), ("en", "completion for bash is installed")]
)
def test_installing_completion_is_told_in_the_users_language(
    language: str, said: str, run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "bash")
    monkeypatch.setenv("WORKPLAN_LANG", language)
    ended = run("--install-completion")
    assert ended.returncode == 0
    assert ended.stdout.startswith(said)
    assert len(ended.stdout.splitlines()) == 1
    assert list(tmp_path.rglob("workplan.sh"))


def test_an_unknown_shell_is_told_in_chinese(
    run: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: None)
    ended = run("--install-completion")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("认不出这个终端用的命令解释器")


def test_sessions_in_two_languages_in_one_process_each_print_their_own_words(
    run: Callable[..., CompletedProcess[str]],
) -> None:
    """Whichever was first, and both built before either shows its help."""
    apart = {
        (language, command): run("--lang", language, *command.split(), "--help").stdout
        for language in ("zh", "en")
        for command in ("", "tasks", "new")
    }
    sessions = {language: build_command(Session(catalogue(language))) for language in ("zh", "en")}
    for language, command in [*apart, *reversed(apart)]:
        shown = StringIO()
        with redirect_stdout(shown), suppress(SystemExit):
            sessions[language].main([*command.split(), "--help"], prog_name="workplan")
        assert shown.getvalue() == apart[language, command]


def test_another_program_in_the_process_keeps_typers_own_words(run: Callable[..., CompletedProcess[str]]) -> None:
    app = typer.Typer()

    @app.command()
    def other(name: str, times: int = 1) -> None:
        """Nothing of workplan's."""

    def shown() -> str:
        return CliRunner().invoke(app, ["--help"]).output

    before = shown()
    assert "Options" in before
    assert "[default: 1]" in before
    run("new", "--help")
    assert shown() == before
