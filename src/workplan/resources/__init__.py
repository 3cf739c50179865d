"""Templates, fonts and message catalogues: everything that workplan ships or finds on the machine, and its only reader."""
