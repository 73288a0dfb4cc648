"""Errors of the JSON interface as `application/problem+json` (RFC 9457), in the language asked for."""

from collections.abc import Mapping

import structlog
from flask import Blueprint, Flask, Response, g, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from recruit import errors as record_errors
from web.findings import FindingOut, findings_out
from web.interface import BASE, bearer_secret
from web.language import language
from web.people import names_of
from web.visitors import present

log = structlog.get_logger()

TYPE = "application/problem+json"
UNAUTHORIZED = 401
LATER: Mapping[int, int] = {429: 60, 503: 10}  # seconds: a minute's pace; as long as a lock is waited for
REALM = 'Bearer realm="recruit"'
# By status: the id under which the documentation describes it, and its title.
KINDS: Mapping[int, tuple[str, str, str]] = {
    400: ("bad_input", "请求有误", "The request cannot be used"),
    401: ("no_token", "需要有效的令牌", "A valid token is needed"),
    403: ("not_allowed", "职责不包括这件事", "Not with this role"),
    404: ("not_found", "没有找到", "Not found"),
    405: ("wrong_method", "不支持这种方法", "This method is not served here"),
    409: ("stale", "别人先改了", "Somebody was faster"),
    413: ("too_large", "内容太大", "The body is too large"),
    415: ("not_json", "请用 JSON", "JSON is needed"),
    422: ("refused", "现在不能办", "Refused"),
    429: ("too_many", "请求太多", "Too many requests"),
    500: ("failed", "系统出错", "Something failed on our side"),
    503: ("unavailable", "暂时不能保存", "Not available for the moment"),
}
_SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("请求无法读取。", "The request cannot be read."),
    401: (
        "请在 Authorization 里带上有效的令牌：Bearer 后接令牌。",
        "Send a token that has not ended in the header Authorization, after the word Bearer.",
    ),
    403: ("您的职责不包括这件事。", "Your role does not include this."),
    404: ("不存在，或者属于别的组织。", "It does not exist, or it belongs to another organization."),
    405: ("这个地址不支持这种方法。", "This address does not serve that method."),
    413: ("请求内容太大。", "The body of the request is too large."),
    415: ("请用 Content-Type: application/json 发送。", "Send it as Content-Type: application/json."),
    429: ("一分钟内请求太多，请稍后再试。", "Too many requests within a minute; try again later."),
    500: (
        "系统出错，以前记录的都在。请稍后用同一个编号再发一次。",
        "Something failed on our side; what was recorded before is safe. Send it again with the same key.",
    ),
    503: (
        "暂时不能保存，什么也没有记录。请稍后用同一个编号再发一次。",
        "Nothing was recorded. Send it again a little later with the same key.",
    ),
}

_STATUS: tuple[tuple[type[record_errors.RecordError], int], ...] = (
    (record_errors.NotFound, 404),
    (record_errors.NotAllowed, 403),
    (record_errors.StaleDossier, 409),
    (record_errors.StaleMeeting, 409),
    (record_errors.MeetingClosed, 409),
    (record_errors.NoQuorum, 422),
    (record_errors.Refused, 422),
    (record_errors.KeyReused, 422),
    (record_errors.Unavailable, 503),
)
_SAID_GENERALLY = frozenset((404, 503))


class Fault(BaseModel):
    """What is wrong with one field of the request."""

    field: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457). `number`: under which the log of the server has it."""

    type: str
    title: str
    status: int
    detail: str
    number: str
    problems: list[Fault] = []
    findings: list[FindingOut] = []
    stage: str | None = None
    version: int | None = None


def problem_answer(status: int, detail: str = "", **more: object) -> Response:
    """The error as an answer; `more` are the other fields of `Problem`."""
    return problem_response(problem_of(status, detail, **more))


def concerning(dossier: str) -> None:
    """Let the findings of a refusal in this request name the members of that dossier."""
    g.concerned = dossier


def problem_response(problem: Problem) -> Response:
    """The value with the headers that belong to its status."""
    status = problem.status
    headers: dict[str, str] = {}
    if status == UNAUTHORIZED:
        headers["WWW-Authenticate"] = f'{REALM}, error="invalid_token"' if bearer_secret() else REALM
    if status in LATER:
        headers["Retry-After"] = str(LATER[status])
    text = problem.model_dump_json(exclude_none=True)
    return Response(text, status, headers, content_type=TYPE)


def problem_of(status: int, detail: str = "", **more: object) -> Problem:
    """The error as a value."""
    id_, *titles = KINDS.get(status, KINDS[400])
    is_english = language() == "en"
    values = {
        "type": f"{BASE}/docs#{id_}",
        "title": titles[is_english],
        "status": status,
        "detail": detail or _SENTENCES.get(status, _SENTENCES[400])[is_english],
        "number": g.get("number", "-"),
        **more,
    }
    return Problem.model_validate(values)


def problem_of_record(
    error: record_errors.RecordError, people: Mapping[str, str] | None = None
) -> tuple[int, str, dict[str, object]]:
    """Status, sentence and further fields of what the record refused; `people`: names by their ids."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    more: dict[str, object] = {}
    match error:
        case record_errors.BadInput():
            faults = [Fault(field=one.field, message=one.message(language())) for one in error.problems]
            more = {"problems": faults}
        case record_errors.StaleDossier() | record_errors.StaleMeeting():
            more = {"version": error.version}
        case record_errors.Refused():
            found = findings_out(error.findings, people)
            more = {"findings": found, "stage": error.stage or None, "version": error.version}
        case record_errors.Unavailable():
            log.error("not available", number=g.get("number"), error=error.id, detail=str(error))
    return status, "" if status in _SAID_GENERALLY else error.message(language()), more


def problem_of_http(error: HTTPException) -> Response:
    """What Flask itself refuses: no such address, another method, too large a body."""
    status = error.code or 500
    answer = problem_answer(status if status in KINDS else 400)
    for name, value in error.get_headers(None):
        if name == "Allow":
            answer.headers[name] = value
    return answer


def answer_problems(blueprint: Blueprint | Flask) -> None:
    """Let every error of a blueprint be answered as a problem."""
    blueprint.register_error_handler(record_errors.RecordError, _of_record)
    blueprint.register_error_handler(HTTPException, problem_of_http)
    blueprint.register_error_handler(Exception, _unexpected)


def _of_record(error: record_errors.RecordError) -> Response:
    is_refused = isinstance(error, record_errors.Refused) and "concerned" in g
    people = names_of(present(), g.concerned) if is_refused else None
    status, detail, more = problem_of_record(error, people)
    return problem_answer(status, detail, **more)


def _unexpected(error: Exception) -> Response:
    log.error("request failed", number=g.get("number"), endpoint=request.endpoint, exc_info=error)
    return problem_answer(500)
