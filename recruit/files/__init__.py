"""Files: what may be kept (pure), and where it lies sealed beside the database."""
