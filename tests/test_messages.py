"""The catalogues: both languages say everything that is raised, and nothing that is not given."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

import workplan
from workplan.resources.messages import LANGUAGES, Catalogue, catalogue, foreign, key_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SOURCES = sorted(Path(workplan.__file__).parent.rglob("*.py"))
#: Entries that typer fills, in its own way.
_TYPERS = {"cli.default"}
#: Names of tables that hold the variants of a finding.
_VARIANTS = {"_UNCERTAIN": "opinion-damaged", "_BY_HAND": "opinion-by-hand"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _flat(entries: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in entries.items():
        if isinstance(value, str):
            yield f"{above}{name}", value
        else:
            yield from _flat(value, f"{above}{name}.")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


_TEXTS = {language: dict(_flat(catalogue(language).entries)) for language in LANGUAGES}


# ------------------------------------------------------------------------------------------- the two languages


def test_every_key_of_one_language_is_in_the_other() -> None:
    assert list(_TEXTS["zh"]) == list(_TEXTS["en"])


@pytest.mark.parametrize("key", sorted(_TEXTS["zh"]))
def test_both_languages_take_the_same_arguments(key: str) -> None:
    assert _fields(_TEXTS["zh"][key]) == _fields(_TEXTS["en"][key])


def test_english_is_not_chinese_left_over() -> None:
    same = {key for key, text in _TEXTS["en"].items() if text == _TEXTS["zh"][key]}
    assert same == {"usage.other"}


def test_every_message_says_something_and_every_text_can_be_filled() -> None:
    for language, texts in _TEXTS.items():
        for key, text in texts.items():
            assert text.strip(), (language, key)
            if key not in _TYPERS:
                assert text.format_map(dict.fromkeys(_fields(text), "甲")), (language, key)


def test_words_that_hang_on_a_number_hang_on_one_that_is_given() -> None:
    for language, texts in _TEXTS.items():
        for key, text in texts.items():
            named = set(re.findall(r"\((\w+):[^|()]*\|[^|()]*\)", text))
            assert named <= _fields(text), (language, key)


@pytest.mark.parametrize(
    ("key", "arguments", "said"),
    [
        ("import.rows", {"rows": 1, "loads": 2}, "1 task for 2 units"),
        ("import.rows", {"rows": 0, "loads": 1}, "0 tasks for 1 unit"),
        ("import.given-up", {"count": 1}, "structure given up in 1 place, so that the plan prints the source:"),
        (
            "misuse.import-scanned-pages",
            {"count": 1, "path": "a", "pages": "1"},
            '1 page of "a" is a picture without text',
        ),
    ],
)
def test_in_english_one_thing_is_one(key: str, arguments: dict[str, str | int], said: str) -> None:
    assert catalogue("en").text(key, arguments).startswith(said)


# ------------------------------------------------------------------------------------------- what the source raises


def _words(node: ast.expr | None, names: Mapping[str, list[ast.expr]]) -> set[str]:
    """The texts that an expression can be, as far as it says so itself."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name):
            return {word for value in names.get(name, ()) for word in _words(value, {})}
        case ast.IfExp(body=body, orelse=other):
            return _words(body, names) | _words(other, names)
    return set()


def _keys(node: ast.expr | None, dicts: Mapping[str, ast.Dict]) -> set[str] | None:
    """The keys of a dict, written out or bound to a name before; None where that cannot be told."""
    if isinstance(node, ast.Name):
        node = dicts.get(node.id)
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    return None


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    given = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return given or (call.args[place] if len(call.args) > place else None)


def _calls(name: str) -> Iterator[tuple[ast.Call, dict[str, list[ast.expr]], dict[str, ast.Dict], str]]:
    """Every call of ``name`` or ``….name`` with the values and dicts that names may stand for, and its place."""
    for path in _SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assigned = [node for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.AnnAssign))]
        targets = [(node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value) for node in assigned]
        texts: dict[str, list[ast.expr]] = {}
        for target, value in targets:
            if isinstance(target, ast.Name) and value is not None:
                texts.setdefault(target.id, []).append(value)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if called == name:
                dicts = {
                    target.id: value
                    for target, value in targets
                    if isinstance(target, ast.Name) and isinstance(value, ast.Dict) and _near(tree, call, value)
                }
                yield call, texts, dicts, f"{path.name}:{call.lineno}"


def _near(tree: ast.AST, call: ast.Call, other: ast.Dict) -> bool:
    """Whether both stand in one function."""
    inside = [set(ast.walk(node)) for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
    return any(call in nodes and other in nodes for nodes in inside)


def _raised() -> Iterator[tuple[str, str, set[str] | None, str]]:
    """Rule, variant, argument names (None: unknown) and place of each finding that the source makes in plain words."""
    for call, texts, dicts, place in _calls("Diagnostic"):
        arguments = _argument(call, 2, "arguments")
        given = set[str]() if arguments is None else _keys(arguments, dicts)
        variant = _argument(call, 4, "variant")
        for rule in _words(_argument(call, 0, "rule"), texts):
            for word in {""} if variant is None else _words(variant, texts):
                yield rule, word, given, place
    for call, _, _, place in _calls("Requirement"):  # a quantity that measure judges: the finding is made of it
        for rule in _words(_argument(call, 0, "rule"), {}):
            yield rule, "", {"page", "measured", "required", "clause", "places"}, place
    yield from _lost()
    for call, texts, _, place in _calls("report"):  # the helper of syntax: rule, start, end, variant, **arguments
        for rule in _words(_argument(call, 0, "rule"), texts):
            for word in _words(_argument(call, 3, "variant"), texts) or {""}:
                yield rule, word, {str(keyword.arg) for keyword in call.keywords}, place


def _lost() -> Iterator[tuple[str, str, set[str] | None, str]]:
    """What the helper of lost structure makes: file, start, end, variant, ``**arguments``."""
    for call, texts, _, place in _calls("_lost"):
        for word in _words(_argument(call, 3, "variant"), texts):
            yield "lost-structure", word, {str(keyword.arg) for keyword in call.keywords} - {"variant"}, place


def _chosen_elsewhere() -> Iterator[tuple[str, str]]:
    """Rule and variant of the findings whose variant is chosen away from the place that makes them."""
    for call, texts, _, _ in _calls("wrong_type"):
        for word in _words(_argument(call, 0, "expected"), texts):
            yield "wrong-type", word
            if word != "list":  # a list always stands under a key
                yield "wrong-type", f"{word}-here"
    for call, texts, _, _ in _calls("bad_value"):
        yield from (("bad-value", word) for word in _words(_argument(call, 1, "variant"), texts))
    for call, texts, _, _ in _calls("_refuse"):
        yield from (("template", word) for word in _words(_argument(call, 1, "variant"), texts))
    for call, texts, _, _ in _calls("replace"):  # the compiler says of a missing file that a part names it
        yield from (("missing-file", word) for word in _words(_argument(call, len(call.args), "variant"), texts))
    yield from _listed()


def _listed() -> Iterator[tuple[str, str]]:
    """The variants that a function returns and those that a table holds."""
    for path in _SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "_foreign":
                returned = (part.value for part in ast.walk(node) if isinstance(part, ast.Return))
                yield from (("encoding", word) for value in returned for word in _words(value, {}))
            if isinstance(node, (ast.Return, ast.Yield)) and path.parent.name == "rules":
                yield from ((rule, word) for rule in _rule_of(path) for word in _first_words(node.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_PROBLEMS":
                yield from (("yaml-syntax", word) for _, word in ast.literal_eval(node.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_INVISIBLE":
                yield from (("control-character", word) for word in ast.literal_eval(node.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_REMEDIES":
                yield from ast.literal_eval(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_HANGING":
                yield from (("carried-over", word) for word in (*ast.literal_eval(node.value), "renamed"))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in _VARIANTS:
                rule = _VARIANTS[getattr(node.targets[0], "id", "")]
                yield from ((rule, word) for word in ast.literal_eval(node.value))


def _rule_of(path: Path) -> set[str]:
    """The id of the rule in a module."""
    assigned = re.search(r'^ID = "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return {assigned[1]} if assigned else set()


def _first_words(value: ast.expr | None) -> set[str]:
    """The variants that a rule's own functions give: what the first of several values can be."""
    return _words(value.elts[0], {}) if isinstance(value, ast.Tuple) else set()


def _has(words: Catalogue, rule: str, variant: str) -> bool:
    key = f"{rule}.{variant}.message" if variant else f"{rule}.message"
    return key in _TEXTS[words.language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_source_has_a_message(language: str) -> None:
    words = catalogue(language)
    raised = {(rule, variant) for rule, variant, _, _ in _raised()}
    wanted = raised | {(rule, "") for rule, _ in raised} | set(_chosen_elsewhere())
    assert len(wanted) > 60, "the search has gone blind"
    assert sorted(pair for pair in wanted if not _has(words, *pair)) == []


def test_no_message_waits_for_a_finding_that_nobody_makes() -> None:
    made = (
        {(rule, variant) for rule, variant, _, _ in _raised()} | set(_chosen_elsewhere()) | {("yaml-syntax", "other")}
    )
    related = {word for call, texts, _, _ in _calls("Related") for word in _words(call.args[0], texts)}
    known = {".".join(filter(None, pair)) for pair in made} | {rule for rule, _ in made} | related
    assert {key.removesuffix(".message") for key in _TEXTS["zh"] if key.endswith(".message")} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_ask_only_for_what_their_findings_carry(language: str) -> None:
    faults = [
        (place, rule, variant, asked - given)
        for rule, variant, given, place in _raised()
        for said in ("message", "hint")
        if given is not None
        and (asked := _fields(_TEXTS[language].get(".".join(filter(None, (rule, variant, said))), ""))) - given
    ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_second_places_have_messages(language: str) -> None:
    found = {word for call, texts, _, _ in _calls("Related") for word in _words(call.args[0], texts)}
    assert found
    assert {word for word in found if f"{word}.message" not in _TEXTS[language]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_misuse_has_its_words_and_gives_what_they_ask_for(language: str) -> None:
    faults = []
    for call, texts, _, place in _calls("Misuse"):
        given = {keyword.arg for keyword in call.keywords}
        keys = _words(call.args[0], texts)
        assert keys, place
        said = {key: _TEXTS[language].get(f"misuse.{key}") for key in keys}
        faults += [(place, key) for key, text in said.items() if text is None or _fields(text) - given]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_source_names_is_there(language: str) -> None:
    named = {
        (word, place)
        for call, _, _, place in _calls("text")
        if isinstance(call.func, ast.Attribute) and "words" in ast.unparse(call.func.value)
        for word in _words(call.args[0] if call.args else None, {})
    }
    assert len(named) > 20, "the search has gone blind"
    assert {pair for pair in named if pair[0] not in _TEXTS[language]} == set()


# ------------------------------------------------------------------------------------- what other programs say


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_other_programs_say_has_words_and_no_word_is_left_unused(language: str) -> None:
    assert set(catalogue(language).words("foreign")) == set(foreign.entries())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 没有的 }}", "没有“没有的”这个变量"),
        ("{{ ''.none }}", "没有“none”这一项"),
        ("{% for x in y %}", "直到末尾也没有写收尾的标签 'endfor' or 'else'"),
        ("{% nonsense %}", "没有“nonsense”这个标签"),
        ("{{ 1 | nonsense }}", "没有“nonsense”这个过滤器"),
        ("{{ 1 is nonsense }}", "没有“nonsense”这个判断"),
        ("{% if %}{% endif %}", "应当写内容的地方写了“end of statement block”"),
        ("{{ a b }}", "应当是“end of print statement”的地方写了“b”"),
        ("{{ 1 / 0 }}", "除数是零"),
        ("{{ ''.__class__ }}", "不允许使用“__class__”"),
        ("{# 注释", "注释没有写收尾的 #}"),
    ],
)
def test_what_jinja_says_of_a_template_is_said_in_chinese(source: str, said: str) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - any fault that Jinja may raise, and Python through it
        ImmutableSandboxedEnvironment(undefined=StrictUndefined).from_string(source).render()
    assert catalogue("zh").message("template", {"fault": str(raised.value)}) == f"模板有错：{said}"


@pytest.mark.parametrize("source", ["a: - b\n", "a: > 甲\n  乙\n", "%甲\n---\na: 1\n", "a: 1\n...\n甲\n}", "a: ]\n"])
def test_what_libyaml_says_of_a_file_is_said_in_chinese(source: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as raised:
        list(yaml.parse(source, Loader=yaml.CSafeLoader))
    problem = str(raised.value.problem)
    assert "程序原文" not in catalogue("zh").message("yaml-syntax", {"problem": problem}), problem


def test_the_unknown_is_quoted_and_what_is_chinese_stays() -> None:
    words = catalogue("zh")
    assert words.message("template", {"fault": "no such luck"}) == "模板有错：“no such luck”（程序原文）"
    assert words.message("template", {"fault": "没有内容"}) == "模板有错：没有内容"
    assert catalogue("en").message("template", {"fault": "no such luck"}).endswith(": no such luck")


# ------------------------------------------------------------------------------------------- keys and explanations


def test_every_key_of_the_files_is_told_in_both_languages() -> None:
    told = {language: dict(_flat(key_words(language).entries)) for language in LANGUAGES}
    assert list(told["zh"]) == list(told["en"])
    for language, texts in told.items():
        assert [key for key, text in texts.items() if not text.strip()] == [], language
    assert [key for key, text in told["en"].items() if text == told["zh"][key]] == []


def test_every_finding_is_a_whole_text_with_a_way_out() -> None:
    """Only the second place of a finding, and a rule that always speaks through a variant, go without a hint."""
    for language in LANGUAGES:
        texts = _TEXTS[language]
        without = {
            key.removesuffix(".message")
            for key in texts
            if key.endswith(".message") and f"{key.removesuffix('message')}hint" not in texts
        }
        through = {"lost-text", "lost-structure", "yaml-alias", "wrong-type", "bad-value", "stale-quote"}
        assert {
            key for key in without if not key.endswith((".first", ".begins", ".also", ".middle", ".end"))
        } == through


def test_the_chinese_is_set_in_chinese_marks() -> None:
    for key, text in _TEXTS["zh"].items():
        assert not re.search("[「」『』]", text), key
        assert text.count("“") == text.count("”"), key
        assert text.count("（") == text.replace("“1）”", "").count("）"), key  # the example of a mark that stands alone
        assert not re.search("[一-鿿][,;!?]|[,;!?][一-鿿]", re.sub(r"\[.*?\]", "", text)), key
