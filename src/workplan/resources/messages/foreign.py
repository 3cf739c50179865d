"""What other programs say of a fault (Jinja, libyaml, the system), in the words of the catalogue."""

from __future__ import annotations

import re

#: What they say, and the entry under ``foreign`` that says it to a person; the first that matches counts.
_KNOWN = tuple(
    (re.compile(pattern, re.DOTALL), entry)
    for pattern, entry in (
        (r"'(?P<name>[^']+)' is undefined", "undefined"),
        (r"'.+' has no attribute '(?P<name>[^']+)'", "attribute"),
        (r"Encountered unknown tag '(?P<name>[^']+)'", "tag"),
        (r"Unexpected end of template\. Jinja was looking for the following tags: (?P<name>.+?)\.(?:\s|$)", "unclosed"),
        (r"Unexpected end of template|unexpected end of template", "end"),
        (r"expected token '(?P<name>.+?)', got '(?P<found>.+?)'", "token"),
        (r"[Ee]xpected an expression, got '(?P<found>.+?)'", "expression"),
        (r"unexpected char '(?P<found>.+?)' at \d+", "unexpected"),
        (r"unexpected '(?P<found>.+?)'", "unexpected"),
        (r"No filter named '(?P<name>.+?)'", "filter"),
        (r"No test named '(?P<name>.+?)'", "test"),
        (r"Missing end of comment tag", "comment"),
        (r"Missing end of raw directive", "raw"),
        (r"block '(?P<name>.+?)' defined twice", "block"),
        (r"'(?P<name>.+?)' not found in search path", "template"),
        (r"access to attribute '(?P<name>.+?)' of .+ is unsafe", "unsafe"),
        (r"division by zero", "zero"),
        (r"block sequence entries are not allowed", "entry"),
        (r"did not find expected comment or line break", "header"),
        (r"did not find expected <document start>", "document"),
        (r"did not find expected node content", "content"),
        (r"found undefined alias", "alias"),
        (r"found (?:unknown directive name|incompatible YAML document)", "directive"),
        (r"could not find expected directive name", "directive"),
        (r"(?:\[Errno \d+\] )?Permission denied", "permission"),
        (r"(?:\[Errno \d+\] )?No such file or directory", "absent"),
        (r"(?:\[Errno \d+\] )?Is a directory", "folder"),
        (r"(?:\[Errno \d+\] )?Not a directory", "no-folder"),
        (r"(?:\[Errno \d+\] )?File exists", "exists"),
        (r"(?:\[Errno \d+\] )?No space left on device", "space"),
        (r"(?:\[Errno \d+\] )?Read-only file system", "read-only"),
        (r"(?:\[Errno \d+\] )?File name too long", "long"),
    )
)


def known(said: str) -> tuple[str, dict[str, str]]:
    """The entry under ``foreign`` that says the same, and its arguments; ``other`` quotes what is not known."""
    for pattern, entry in _KNOWN:
        found = pattern.match(said)
        if found:
            return entry, found.groupdict()
    return "other", {"words": said}


def entries() -> tuple[str, ...]:
    """All entries that can be asked for."""
    return (*dict.fromkeys(entry for _, entry in _KNOWN), "other")
