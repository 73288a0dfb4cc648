"""A file as an answer: saved by the browser under its name, opened by none in place."""

import io

from flask import Response, send_file

from recruit.commands.files import Opened

SANDBOX = "sandbox; default-src 'none'"


def attachment(opened: Opened) -> Response:
    answer = send_file(
        io.BytesIO(opened.data),
        mimetype=opened.media_type,
        as_attachment=True,
        download_name=opened.name,
        max_age=0,
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
