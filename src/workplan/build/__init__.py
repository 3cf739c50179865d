"""Plan to files: which files there are, making them all, and writing each whole or not at all."""

from workplan.build.make import FORMATS, Made, Wanted, count, make
from workplan.build.place import placed
from workplan.build.write import write

__all__ = ["FORMATS", "Made", "Wanted", "count", "make", "placed", "write"]
