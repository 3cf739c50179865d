"""Plan files written anew: corrected, in canonical layout, or for another year."""
