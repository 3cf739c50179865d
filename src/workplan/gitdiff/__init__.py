"""Git's own diff, taught to speak of tasks and units."""
