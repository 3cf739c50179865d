"""The faces that serve the roles of an official document, and what each has to carry of a given text.

GB/T 9704 names classes of faces (仿宋, 楷体, 黑体, 宋体, 小标宋), not products. Open faces serve them by default, so that
the same plan looks the same everywhere; licensed ones serve where the plan's author chose them or nothing else is
there. No character is left to chance: one that no face of a role has is a finding.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Lacking, Refusal, Span
from workplan.lengths import Em
from workplan.resources import harfbuzz, libraries, wrong_glyphs
from workplan.resources.font_families import PREFERENCES, SPARES, are_open
from workplan.resources.fontconfig import Face, installed
from workplan.resources.libraries import LibraryMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: (role, family) pairs: what the plan's author chose.
Choices = tuple[tuple[str, str], ...]

#: The roles that print text. 西文 (letters and digits) and 备用 (rare characters) join each of them where chosen.
ROLES = ("仿宋", "楷体", "黑体", "宋体", "小标宋")
WESTERN, SPARE = "西文", "备用"
#: What is added to the name of the face that prints letters and digits alone.
_LATIN = "Latin"

_REGULAR, _BOLD = 80, 200
#: The blanks above and below a masthead of some characters, as FandolSong Bold prints it.
_USUAL_BLANKS = Em(0.11), Em(-0.045)
#: How much of every carried face's em box lies above the baseline.
ASCENT = harfbuzz.ASCENT


@dataclass(frozen=True, slots=True)
class SubsetFace:
    """One face as a document needs it: ``name`` (a family name of its own, for CSS) and ``data``, the font file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces that carry a text: each once, and by role the names to try in order.

    ``moved`` are characters whose face depends on what else the text has.
    """

    faces: tuple[SubsetFace, ...]
    stacks: tuple[tuple[str, tuple[str, ...]], ...]
    moved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoleFace:
    """The face that serves a role, or None, and whether that face is an open one."""

    role: str
    face: Face | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class FontReport:
    """What ``doctor`` says of fonts: the face of each role (备用 last), and whether HarfBuzz can cut fonts.

    Without HarfBuzz's subset library the PDF is the same, but writing it takes about ten times as long.
    """

    served: tuple[RoleFace, ...]
    can_subset: bool


def find(family: str, *, weight: int = _REGULAR) -> Face | None:
    """The installed face of a family that is nearest to the weight, upright before slanted; names hold in any case.

    A face may also be asked for by a name that is its alone: its PostScript name, or its full name (FandolSong Bold).
    """
    wanted = family.casefold()
    faces = [face for face in installed() if wanted in map(str.casefold, (*face.families, *face.full))]
    return min(faces, key=lambda face: (face.slanted, abs(face.weight - weight)), default=None)


def serving(role: str, choices: Choices = ()) -> Face | None:
    """The face that serves a role: the chosen one, else the first installed one of the role's preferences."""
    weight = _BOLD if role == "小标宋" else _REGULAR
    families = tuple(family for chosen, family in choices if chosen == role) or PREFERENCES.get(role, ())
    return next((face for family in families if (face := find(family, weight=weight))), None)


def missing(choices: Choices, plan: str) -> tuple[Diagnostic, ...]:
    """What this computer lacks for a PDF in the chosen faces: libraries, chosen families, and faces of other roles.

    A chosen family is named where the ``plan`` chooses it; all else stands in no file of it.
    """
    absent = libraries.missing()
    lacking = (libraries.finding(*absent),) if absent else ()
    try:
        return (*lacking, *_faceless(choices, plan))
    except LibraryMissingError as fault:
        return lacking or fault.diagnostics


def _faceless(choices: Choices, plan: str) -> tuple[Diagnostic, ...]:
    chosen = [(role, family) for role, family in choices if find(family) is None]
    absent = [role for role in ROLES if role not in dict(choices) and serving(role) is None]
    return tuple(
        Diagnostic("missing-font", Span.whole(plan), {"role": role, "family": family}) for role, family in chosen
    ) + tuple(
        Diagnostic("missing-font", Span.nowhere(), {"role": role, "family": PREFERENCES[role][0]}, variant="role")
        for role in absent
    )


def stack(role: str, choices: Choices = ()) -> tuple[Face, ...]:
    """The faces to try for a role's characters: its own, the chosen spare, the common spares, the other roles' faces."""
    weight = _BOLD if role == "小标宋" else _REGULAR
    spares = tuple(family for chosen, family in choices if chosen == SPARE) + SPARES
    faces = (
        serving(role, choices),
        *(find(family, weight=weight) for family in spares),
        *(serving(other, choices) for other in ROLES),
    )
    return tuple(dict.fromkeys(face for face in faces if face is not None))


def _glyph(face: Face, character: str) -> int:
    """The glyph of a character; 0 where the face has none, or one that shows another character (￥ as $)."""
    if wrong_glyphs.lies(face.postscript, character):
        return 0
    return harfbuzz.glyph(face.file, face.index, character)


def _printing(role: str, choices: Choices) -> Callable[[str], Face | None]:
    """Which face prints a character of a role: the one chosen for letters, else the first that has it."""
    western = next((find(family) for chosen, family in choices if chosen == WESTERN), None)
    faces = stack(role, choices)

    def face(character: str) -> Face | None:
        tried = (western, *faces) if western and character.isascii() else faces
        return next((one for one in tried if _glyph(one, character)), None)

    return face


@lru_cache(maxsize=64)
def advances(role: str, choices: Choices = ()) -> Callable[[str], Em]:
    """The width of a character in the face that prints it for a role; where no face has it, what is usual: one 字 or half of one."""
    if libraries.missing():
        return _usual_width
    printing = _printing(role, choices)

    @lru_cache(maxsize=20_000)
    def advance(character: str) -> Em:
        face = printing(character)
        return harfbuzz.advance(face.file, face.index, character) if face else _usual_width(character)

    return advance


def _usual_width(character: str) -> Em:
    return Em(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5)


def blank(text: str, role: str, choices: Choices = ()) -> tuple[Em, Em]:
    """How much of a text's em box is blank above and below its ink; what is usual where no face can be asked.

    So the masthead of a DOCX, whose faces are those of its reader, can be placed on a computer that has none.
    """
    if libraries.missing():
        return _USUAL_BLANKS
    printing = _printing(role, choices)
    faces = ((character, printing(character)) for character in set(text) if not character.isspace())
    inks = [harfbuzz.ink(face.file, face.index, one) for one, face in faces if face]
    if not inks:
        return _USUAL_BLANKS
    return Em(ASCENT - max(above for above, _ in inks)), Em(min(below for _, below in inks) - (ASCENT - 1))


def _prints(character: str) -> bool:
    # Fandol maps every control character to a blank, and a private-use character means something else in each font.
    return unicodedata.category(character) not in {"Cc", "Co", "Cs", "Cn"}


def unprintable(characters: Iterable[str], choices: Choices = ()) -> tuple[str, ...]:
    """The characters that no face of the document has, in order; line ends and tabs are none."""
    faces = stack(ROLES[0], choices)
    return tuple(
        character
        for character in sorted(set(characters) - set("\n\r\t"))
        if not (_prints(character) and any(_glyph(face, character) for face in faces))
    )


def _shared_out(characters: Sequence[str], faces: tuple[Face, ...], moved: set[str]) -> dict[Face, set[str]]:
    """Give each character to the first face that has it with a glyph of its own; ``moved`` gets those that had to share one.

    Fandol draws ``·`` and ``•``, or ``一`` and the radical ``⼀``, with one glyph; a PDF could then not tell which of
    them was written, so the second of such a pair goes to the next face, and to the first only where no other has it.
    """
    shares: dict[Face, set[str]] = {}
    taken: set[tuple[Face, int]] = set()
    # Unified ideographs come before the look-alikes that share their glyph (radicals lie below them in Unicode).
    for character in sorted(characters, key=lambda one: (unicodedata.normalize("NFKC", one) != one, one)):
        pairs = ((face, _glyph(face, character)) for face in faces)
        first = next((pair for pair in pairs if pair[1]), None)
        if first in taken:
            moved.add(character)
            first = next((pair for pair in pairs if pair[1] and pair not in taken), first)
        if first is not None:
            taken.add(first)
            shares.setdefault(first[0], set()).add(character)
    # The text engine sets a blank in the face of the character before it, so every face needs the blanks.
    for face, share in shares.items():
        share.update(one for one in characters if one.isspace() and _glyph(face, one))
    return shares


def carry(characters: Iterable[str], choices: Choices = (), roles: Sequence[str] = ROLES) -> FontSet:
    """Cut the faces of the roles to the given characters; those that no face has are ``unprintable``'s affair."""
    printing = sorted(character for character in set(characters) if _prints(character))
    western = next((find(family) for role, family in choices if role == WESTERN), None)
    moved = set[str]()
    latin = _shared_out([one for one in printing if one.isascii()], (western,), moved) if western else {}
    # Tried before a role's own face, it must hold nothing but letters and digits: where it serves a role too (宋体), under
    # one name with that role's characters, it would set the whole document.
    serves = {face for role in roles for face in stack(role, choices)}
    extra = [
        SubsetFace(f"{face.postscript}-{_LATIN}" if face in serves else face.postscript, _cut(face, share))
        for face, share in latin.items()
    ]
    needed: dict[Face, set[str]] = {}
    stacks: list[tuple[str, tuple[str, ...]]] = []
    for role in roles:
        faces = stack(role, choices)
        others = set(printing).difference(*latin.values()) | {" "}
        shares = _shared_out(sorted(others), faces, moved)
        for face, share in shares.items():
            needed.setdefault(face, set()).update(share)
        own = (face.postscript for face in faces if face in shares)
        stacks.append((role, (*(face.name for face in extra), *own)))
    carried = (SubsetFace(face.postscript, _cut(face, share)) for face, share in needed.items())
    return FontSet((*extra, *carried), tuple(stacks), frozenset(moved))


def _cut(face: Face, share: set[str]) -> bytes:
    return harfbuzz.subset(face.file, face.index, frozenset(share))


def refused(characters: Iterable[str], passages: Iterable[str], choices: Choices, plan: str) -> Refusal | None:
    """The findings that forbid a PDF: missing faces, else every character that none has, with the words it opens in.

    ``passages`` are the document's paragraphs in order; the first that has the character names the place.
    """
    if absent := missing(choices, plan):
        return Lacking(*absent)
    found = unprintable(characters, choices)
    texts = tuple(passages) if found else ()
    findings = []
    for character in found:
        where = next((text for text in texts if character in text), "")
        arguments: dict[str, str | int] = {
            "char": character,
            "code": f"U+{ord(character):04X}",
            "where": where[:20].replace(character, "〓").replace("\n", ""),
        }
        findings.append(Diagnostic("missing-glyph", Span.whole(plan), arguments))
    return Refusal(*findings) if findings else None


def report(choices: Choices = ()) -> FontReport:
    """Which face serves each role; raises LibraryMissingError where Fontconfig itself is missing."""
    served = [(role, serving(role, choices)) for role in ROLES]
    spare = next((face for family in SPARES if (face := find(family))), None)
    return FontReport(
        tuple(
            RoleFace(role, face, face is not None and are_open(face.families))
            for role, face in (*served, (SPARE, spare))
        ),
        harfbuzz.can_subset(),
    )
