"""``workplan fmt``: the canonical layout of plan files, which makes clean differences in git. What a file says stays."""

from workplan.fmt.plan import formatted
from workplan.fmt.text import canonical

__all__ = ["canonical", "formatted"]
