"""What is wrong with a compiled plan: the rules, and which of their findings are told."""
