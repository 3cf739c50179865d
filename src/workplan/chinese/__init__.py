"""The Chinese language, apart from any plan: numerals, words, days, and what characters may do on a line."""
