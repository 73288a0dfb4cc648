"""Style sheets and the icon: their addresses name what is in them, so that a browser asks for each once."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

_A_YEAR = 31_536_000  # seconds


def init_assets(app: Flask) -> None:
    """Without it each page asks three times whether a sheet is still the same, and a slow line waits."""
    digests = {
        path.name: sha256(path.read_bytes()).hexdigest()[:12]
        for path in Path(app.static_folder or "").iterdir()
        if path.is_file()
    }

    @app.url_defaults
    def name_it(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static" and (digest := digests.get(values["filename"])):
            values.setdefault("v", digest)

    @app.after_request
    def let_it_be_kept(response: Response) -> Response:
        """Under an address of another version it is asked for again."""
        asked, name = request.args.get("v"), (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and asked and asked == digests.get(name):
            response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
        return response
