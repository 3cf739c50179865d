"""workplan: a compiler for government work plans (工作要点)."""

__version__ = "0.1.0"
