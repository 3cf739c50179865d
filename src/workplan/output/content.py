"""What a file is made of, as a value without places, and the digest of it under which the finished file is kept.

A renderer is handed a bare value and nothing else of the plan, and the digest covers all of that value: so nothing can come
into a file that is not in its digest, and a task that only moved in its YAML file gives the same one.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from workplan.language.scalar import Scalar
from workplan.view.located_text import LocatedText
from workplan.view.runs import NOWHERE
from workplan.view.sequence import Run

_Value = TypeVar("_Value")
#: Values in which there is no place.
_PLAIN = (str, int, float, frozenset, type(None))
#: Values that look different from all others in Python; a subclass might not.
_SELF_EVIDENT = (str, bytes, int, float, bool, type(None))


class Contents:
    """Bare values and their digests, for one plan: what several files share is gone through once."""

    def __init__(self) -> None:
        self._bare: dict[int, tuple[object, object]] = {}
        self._digests: dict[int, tuple[object, str]] = {}

    def bare(self, value: _Value) -> _Value:
        """The same value without places in files; raises TypeError for a kind of value that is not known here."""
        return cast("_Value", self._stripped(value))

    def digest(self, value: object) -> str:
        """The SHA-256 of a bare value: equal for equal values, different for others, in every process."""
        return hashlib.sha256(repr(self._shape(value)).encode("utf-8", "surrogatepass")).hexdigest()

    def _stripped(self, value: Any) -> Any:  # noqa: ANN401 - any value of the view
        if isinstance(value, LocatedText):
            return LocatedText(map(self._stripped, value.runs))
        if isinstance(value, Run):
            return replace(value, scalar=NOWHERE, start=None if value.start is None else 0)
        if isinstance(value, Scalar):
            return NOWHERE
        if isinstance(value, tuple):
            return tuple(map(self._stripped, value))
        if isinstance(value, dict):  # the keys of a record are places, and no texts
            return {key: self._stripped(one) for key, one in value.items() if not isinstance(one, Scalar)}
        return value if isinstance(value, _PLAIN) else self._record(value)

    def _record(self, value: Any) -> object:  # noqa: ANN401 - a dataclass
        if id(value) not in self._bare:
            parts = {name: self._stripped(getattr(value, name)) for name in _names(value)}
            # The value itself is kept beside it, so that its id is nobody else's.
            self._bare[id(value)] = value, type(value)(**parts)
        return self._bare[id(value)][1]

    def _shape(self, value: Any) -> Any:  # noqa: ANN401 - any bare value, a line a kind
        """Plain Python values that say the kind of each part: what they look like in Python is the same for no two values."""
        if isinstance(value, LocatedText):
            return "l", *((run.text, run.face.name, run.start, run.number) for run in value.runs)
        if isinstance(value, Enum):
            return "e", type(value).__name__, value.name
        if type(value) in _SELF_EVIDENT:
            return value
        if isinstance(value, tuple):
            return "t", *map(self._shape, value)
        if isinstance(value, (dict, frozenset)):
            parts = value.items() if isinstance(value, dict) else sorted(value)
            return type(value).__name__, *map(self._shape, parts)
        return ("-",) if value is NOWHERE else ("d", self._of_record(value))

    def _of_record(self, value: Any) -> str:  # noqa: ANN401 - a dataclass
        if id(value) not in self._digests:
            kind = f"{type(value).__module__}.{type(value).__qualname__}"
            parts = tuple((name, getattr(value, name)) for name in _names(value))
            self._digests[id(value)] = value, self.digest((kind, *parts))
        return self._digests[id(value)][1]


def _names(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass
    """The fields of a record, whose values are all that there is to it."""
    if not is_dataclass(value):
        raise TypeError(type(value).__name__)
    return tuple(field.name for field in fields(value))
