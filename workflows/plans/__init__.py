"""Plans of a year: arithmetic, text, linter, reserve, duties and grade scales (section 6)."""
