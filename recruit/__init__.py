"""The record: dossiers, acts, people, organizations, meetings and the log, kept by commands."""
