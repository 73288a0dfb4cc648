"""The tests, in one room per floor."""
