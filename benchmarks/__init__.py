"""Figures measured in one run, as ratios; never asserted by a test. See README.md beside this file."""
