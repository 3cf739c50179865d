"""The ground of the model: records that are read from nodes and remember them, and the kinds of text they hold."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from workplan.chinese.days import iso_date
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Node, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import ModelWrapValidatorHandler
    from typing_extensions import TypeIs

    from workplan.diagnostic import Span


class Record(BaseModel):
    """A mapping of the plan. Frozen; ``node`` is where it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    _node: Mapping = PrivateAttr()

    @property
    def node(self) -> Mapping:
        """The mapping in the YAML file that this record was read from."""
        return self._node

    def place(self, *keys: str) -> Span:
        """The place of a key, or of a key under it; of the record's beginning where it has no such key."""
        found = self.key(*keys)
        return found.span if found else self._node.span

    def key(self, *keys: str) -> Scalar | None:
        """A key, or a key under it, as it is written; the record's first one where it has no such key, None for ``{}``."""
        own = self._node  # pydantic looks private attributes up slowly
        node: Node | None = own
        found = own.entries[0].key if own.entries else None
        for key in keys:
            scalar = node.key(key) if isinstance(node, Mapping) else None
            if not isinstance(node, Mapping) or scalar is None:
                break
            found, node = scalar, node.get(key)
        return found

    @property
    def head(self) -> Span:
        """The place of the record's first key: short enough to point at."""
        return self._node.entries[0].key.span if self._node.entries else self._node.span

    @model_validator(mode="wrap")
    @classmethod
    def _from_node(cls, value: Any, handler: ModelWrapValidatorHandler[Record]) -> Record:  # noqa: ANN401 - pydantic's own signature
        if isinstance(value, dict):  # pydantic enters recursive records twice; the outer call keeps the node
            return handler(value)
        if not isinstance(value, Mapping):
            raise wrong_type("mapping", value)
        record = handler({entry.key.text: entry.value for entry in value.entries})
        record._node = value  # noqa: SLF001 - its own class
        return record


def wrong_type(expected: str, value: object) -> PydanticCustomError:
    """A node of another shape than ``expected`` (text, list, mapping, …)."""
    if isinstance(value, Scalar) and not value.given:
        return PydanticCustomError("empty-text", "empty")
    found = {Scalar: "text", Mapping: "mapping", Sequence: "list"}.get(type(value), "text")
    return PydanticCustomError("wrong-type", "wrong type", {"expected": expected, "found": found})


def bad_value(value: Scalar, variant: str, **context: str) -> PydanticCustomError:
    """A text that does not say what the key wants; ``variant`` picks the wording."""
    return PydanticCustomError("bad-value", "bad value", {"value": value.line, "variant": variant, **context})


#: A text to an editor: YAML itself reads 2022, 1. and true as other things, which the plan takes as they are typed.
TEXT_TYPES: list[JsonValue] = ["string", "number", "boolean"]


class _TextSchema:
    """Reads a node as text; ``empty`` allows a written ``""``."""

    def __init__(self, *, empty: bool = False, check: Callable[[Scalar], None] | None = None) -> None:
        self.empty = empty
        self.check = check

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": TEXT_TYPES} if self.empty else {"type": TEXT_TYPES, "minLength": 1}

    def _read(self, value: object) -> Scalar:
        if not isinstance(value, Scalar):
            raise wrong_type("text", value)
        none = self.empty and value.given and not value.text
        if not value.text.strip() and not none:
            raise PydanticCustomError("empty-text", "empty", {"none": int(self.empty)})
        if self.check:
            self.check(value)
        return value


#: A day in full in other forms: ``2026年1月15日``, which may stay, ``2026/1/15`` and ``2026.1.15``.
_OTHER_DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<sign>[/.])|年)(?P<month>\d{1,2})(?(sign)(?P=sign)|月)(?P<day>\d{1,2})(?(sign)|日)"
)


def _check_day(value: Scalar) -> None:
    """Refuse a day that no calendar has, and one in a form that would print as it stands though a date is meant."""
    text = value.text.strip()
    try:
        iso_date(text)
        other = _OTHER_DAY.fullmatch(text)
        day = date(int(other["year"]), int(other["month"]), int(other["day"])) if other else None
    except ValueError:
        raise bad_value(value, "date") from None
    if other and day and other["sign"]:
        raise bad_value(value, "date-form", written=day.isoformat())


def _check_figure(value: Scalar) -> None:
    if not re.fullmatch(r"[0-9０-９][0-9０-９,，]{0,20}(?:[.．][0-9０-９]{1,9})?", value.text):
        raise bad_value(value, "figure")


def _check_copy_number(value: Scalar) -> None:
    if not re.fullmatch(r"\d{6}", value.text):
        raise bad_value(value, "copy")


def _as_items(value: object) -> object:
    """Let pydantic see a list node as a tuple."""
    if isinstance(value, Sequence):
        return value.items
    raise wrong_type("list", value)


def _as_some(value: object) -> object:
    """The same for a list that must hold something."""
    items = _as_items(value)
    if not items:
        raise PydanticCustomError("empty-text", "empty")
    return items


def _one_or_more(value: object) -> object:
    return value.items if isinstance(value, Sequence) else (value,)


class OneOrMore:
    """Marks a tuple that may be written as one of its items or as a list of them."""

    @staticmethod
    def __get_pydantic_core_schema__(source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_one_or_more, handler(source))

    @staticmethod
    def __get_pydantic_json_schema__(schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        found = handler(schema)
        return {"anyOf": [found["items"], found]}


def _as_dict(value: object) -> object:
    if isinstance(value, Mapping):
        return {entry.key.text: entry.value for entry in value.entries}
    raise wrong_type("mapping", value)


_TRUE, _FALSE = {"true", "yes", "是"}, {"false", "no", "否"}


def _as_bool(value: object) -> bool:
    if not isinstance(value, Scalar):
        raise wrong_type("text", value)
    if value.text.lower() not in _TRUE | _FALSE:
        raise bad_value(value, "choice", choices="true、false")
    return value.text.lower() in _TRUE


def _as_year(value: object) -> int:
    if not isinstance(value, Scalar):
        raise wrong_type("text", value)
    if not re.fullmatch(r"\d{4}", value.text):
        raise bad_value(value, "year")
    return int(value.text)


def between(low: float, high: float, *, whole: bool = False) -> BeforeValidator:
    """A number from ``low`` to ``high``, decimal unless it has to be ``whole``."""
    digits = re.compile(r"\d{1,6}" if whole else r"\d{1,6}(\.\d{1,6})?")

    def read(value: object) -> float:
        if not isinstance(value, Scalar):
            raise wrong_type("text", value)
        found = float(value.text) if digits.fullmatch(value.text) else -1.0
        if not low <= found <= high:
            raise bad_value(value, "number", low=f"{low:g}", high=f"{high:g}")
        return found

    return BeforeValidator(read)


def choice(*choices: str) -> BeforeValidator:
    """A text out of a few: the model keeps the plain word."""

    def read(value: object) -> str:
        if not isinstance(value, Scalar):
            raise wrong_type("text", value)
        if value.text not in choices:
            raise bad_value(value, "choice", choices="、".join(choices))
        return value.text

    return BeforeValidator(read)


#: Text that must say something.
Text = Annotated[Scalar, _TextSchema()]
#: Text where ``""`` means: print none.
TextOrNone = Annotated[Scalar, _TextSchema(empty=True)]
#: An ISO date, or any words.
Day = Annotated[Scalar, _TextSchema(empty=True, check=_check_day)]
#: The same where there must be one.
GivenDay = Annotated[Scalar, _TextSchema(check=_check_day)]
#: A number in Arabic figures.
Figure = Annotated[Scalar, _TextSchema(check=_check_figure)]
#: 份号: six digits.
CopyNumber = Annotated[Scalar, _TextSchema(check=_check_copy_number)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_items)]
#: One text or a list of them.
TextOrTexts = Annotated[
    tuple[TextOrNone, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [{"type": TEXT_TYPES}, {"type": "array", "items": {"type": TEXT_TYPES}}]}),
]
Words = Annotated[dict[str, Text], BeforeValidator(_as_dict)]
Flag = Annotated[bool, BeforeValidator(_as_bool), WithJsonSchema({"enum": [True, False, "yes", "no", "是", "否"]})]
Year = Annotated[int, BeforeValidator(_as_year)]
AsItems = BeforeValidator(_as_items)
AsSome = BeforeValidator(_as_some)
AsDict = BeforeValidator(_as_dict)


def is_mapping(value: object) -> TypeIs[Mapping]:
    """Whether a node is a mapping, for unions told apart by shape."""
    return isinstance(value, Mapping)
