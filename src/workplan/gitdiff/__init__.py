"""Git's own diff, taught to speak of tasks and units."""

#: What a textconv ends with where git knows it as that of another version.
OTHER_VERSION = 3
