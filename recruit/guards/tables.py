"""Which tables are append-only, and what makes two of their rows the same."""

GUARDED = {
    "act": ("id", "dossier seq", "meeting dossier purpose"),
    "event": ("id", "org seq"),
    "leaf": ("id", "index"),
    "node": ("level number",),
    "checkpoint": ("epoch size",),
    "reading": ("dossier user page since",),
}
