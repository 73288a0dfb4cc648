"""One call of the interface: its address, whom it serves, what it takes and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from flask import Blueprint, Response, abort, g, request
from pydantic import BaseModel, ValidationError

from recruit.errors import BadInput, Problem
from web.access import reach
from web.api.pace import pace
from web.api.said import fault_of, one_by_one
from web.interface import BASE
from web.language import language
from web.problems import answer_problems, problem_answer
from web.visitors import counter, now
from workflows.fields import ALIASES, FIELDS

blueprint = Blueprint("api", __name__, url_prefix=BASE)
answer_problems(blueprint)

KEY = "Idempotency-Key"
ONE_BY_ONE = "one_by_one"
ONE, SEVERAL = "one", "several"  # the two forms in which decisions of a meeting come
LONGEST_KEY = 80
Query = TypeVar("Query")
Body = TypeVar("Body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Generic[Query, Body]):
    """What came with a request, read and found right. `key` is "" where none was sent."""

    query: Query
    body: Body
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """As it stands in the description. `errors`: the statuses beside those that every call may answer."""

    method: str
    path: str
    name: str
    zh: str
    en: str
    whom: frozenset[str]
    answers: Mapping[int, type[BaseModel]]
    errors: tuple[int, ...]
    query: type[BaseModel] | None = None
    body: Any = None
    key: Literal["", "needed", "taken"] = ""


OPERATIONS: list[Operation] = []
Answer = tuple[BaseModel, int] | Response
View = Callable[..., Answer]


def operation(
    method: str,
    path: str,
    zh: str,
    en: str,
    *,
    whom: tuple[str, ...],
    answers: Mapping[int, type[BaseModel]],
    errors: tuple[int, ...] = (),
    query: type[BaseModel] | None = None,
    body: Any = None,  # noqa: ANN401 - a model, or several
    key: Literal["", "needed", "taken"] = "",
) -> Callable[[View], View]:
    """Serve a view under `/api/v1`, and let the description name it."""

    def serve(view: View) -> View:
        described = Operation(
            method=method, path=path, name=view.__name__, zh=zh, en=en, whom=frozenset(whom), answers=answers,
            errors=errors, query=query, body=body, key=key,
        )  # fmt: skip
        OPERATIONS.append(described)

        @reach(*whom)
        def answer(**parts: Any) -> Response:  # noqa: ANN401 - the parts of the address
            answered = view(_read(described), **parts)
            if isinstance(answered, Response):
                return answered
            value, status = answered
            return Response(value.model_dump_json(), status, content_type="application/json")

        blueprint.add_url_rule(path, view.__name__, answer, methods=[method])
        return view

    return serve


@blueprint.before_request
def begin() -> None:
    """Hold the pace, and read no text that no database can keep."""
    pace(g.get("bearer") or "", now(), most=counter().config.api_per_minute)
    request.max_content_length = counter().config.form_bytes
    if any("\x00" in str(part) for part in (request.view_args or {}).values()):
        abort(404)


def _read(described: Operation) -> Given[Any, Any]:
    return Given(
        query=_query(described.query),
        body=_body(described.body) if described.body is not None else None,
        key=_key(described),
    )


def _query(model: type[BaseModel] | None) -> BaseModel | None:
    repeated = [name for name in request.args if len(request.args.getlist(name)) > 1]
    unknown = list(request.args) if model is None else []
    wrong = [*repeated, *unknown]
    if wrong:
        raise BadInput(*(fault_of(name, "extra_forbidden") for name in dict.fromkeys(wrong)))
    if model is None:
        return None
    try:
        return model.model_validate_strings(request.args.to_dict())
    except ValidationError as wrong_values:
        raise BadInput(*_faults(wrong_values)) from wrong_values


def _body(adapter: Any) -> Any:  # noqa: ANN401 - whatever the model gives
    if request.mimetype != "application/json":
        abort(415)
    sent = request.get_data(cache=False)
    if b"\x00" in sent or b"\\u0000" in sent:
        raise BadInput(fault_of("", "no_text"))
    try:
        return adapter.validate_json(sent)
    except ValidationError as wrong_values:
        if any(error["type"] == ONE_BY_ONE for error in wrong_values.errors(include_url=False)):
            abort(problem_answer(422, one_by_one(language())))
        raise BadInput(*_faults(wrong_values)) from wrong_values


def _key(described: Operation) -> str:
    key = request.headers.get(KEY, "").strip()
    is_dry = "dry_run" in request.args and request.args["dry_run"] == "true"
    if described.key == "needed" and not key and not is_dry:
        raise BadInput(fault_of(KEY, "missing"))
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise BadInput(fault_of(KEY, "string_too_long", max_length=LONGEST_KEY))
    return key


def _faults(wrong: ValidationError) -> list[Problem]:
    """Each field once: of several types that it may have, the first that failed speaks."""
    found: dict[str, Problem] = {}
    for error in wrong.errors(include_url=False, include_input=False):
        name = _place(error["loc"])
        found.setdefault(name, fault_of(name, error["type"], **(error.get("ctx") or {})))
    return list(found.values())


_KNOWN = frozenset(
    (*FIELDS, *(short for _, short in ALIASES), "id", "seen_version", "name", "do", "on", "sex", "born")
) | {"id_number", "phone", "reading", "dossier", "override", "cites"}


def _place(loc: tuple[int | str, ...]) -> str:
    """Where it is, without the names of the types that a field may have."""
    loc = loc[1:] if loc[:1] in {(ONE,), (SEVERAL,)} else loc
    rest = [part for part in loc[1:] if isinstance(part, int) or part in _KNOWN]
    first = [part for part in loc[:1] if isinstance(part, int) or part.isidentifier() or part in _KNOWN]
    return ".".join(str(part) for part in (*first, *rest))
