"""``workplan fmt``: the canonical layout of plan files, which makes clean differences in git. What a file says stays."""

from workplan.rewrite.fmt.emit import canonical
from workplan.rewrite.fmt.plan import formatted

__all__ = ["canonical", "formatted"]
