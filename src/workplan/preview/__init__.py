"""The live preview: one plan, compiled and printed anew at each save, shown to the browser of this machine's user."""
