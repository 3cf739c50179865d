"""Two plans compared: what was added, dropped, moved, reworded, and which unit gained or lost a duty."""
