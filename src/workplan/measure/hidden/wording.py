"""What a file hides, in words and as JSON: the only place that words it, for every command that reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.measure.hidden.found import Hidden
    from workplan.resources.messages import Catalogue


def what(found: Iterable[Hidden], words: Catalogue) -> str:
    """All kinds with their counts, as part of a sentence: 书签 176 处、自定义属性 1 项."""
    return words.text("summary.separator").join(_counted(one, words) for one in found)


def lines(look: tuple[Hidden, ...] | Misuse, words: Catalogue) -> str:
    """One line for each kind, with examples; a single line where nothing was found, or with the reason why it is not known."""
    if isinstance(look, Misuse):
        return words.text("hidden.unseen", {"reason": reason(look, words)}) + "\n"
    if not look:
        return words.text("hidden.none") + "\n"
    return "\n".join((words.text("hidden.heading"), *(f"  {_line(one, words)}" for one in look))) + "\n"


def shape(look: tuple[Hidden, ...] | Misuse, words: Catalogue) -> dict[str, Any]:
    """The keys of the JSON report: ``hidden`` is null where the file was not examined, and ``hidden_reason`` says why."""
    if isinstance(look, Misuse):
        return {"hidden": None, "hidden_reason": reason(look, words)}
    entries = [
        {"kind": str(one.kind), "count": one.count, "examples": list(one.examples), "own": one.own} for one in look
    ]
    return {"hidden": entries, "hidden_reason": ""}


def reason(refused: Misuse, words: Catalogue) -> str:
    """Why a file was not examined, as part of a sentence."""
    return words.text(f"hidden.reasons.{refused.key}", refused.arguments)


def _counted(one: Hidden, words: Catalogue) -> str:
    return words.text(f"hidden.kinds.{one.kind}", {"count": one.count})


def _line(one: Hidden, words: Catalogue) -> str:
    said = _counted(one, words)
    if one.own:
        said = words.text("hidden.own", {"what": said, "own": one.own})
    if not one.examples:
        return said
    more = "…" if one.count > len(one.examples) else ""
    return words.text(
        "hidden.line", {"what": said, "examples": words.text("summary.separator").join(one.examples) + more}
    )
