"""The clock: which reminder is due, who is told, and that the clock ran."""
