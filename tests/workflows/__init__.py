"""The tests of floor 1: the law."""
