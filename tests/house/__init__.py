"""The house itself: its floors, its lists of dependencies, what may lie where."""
