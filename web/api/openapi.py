"""The description of the interface (OpenAPI 3.1), made from the models that read and answer."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from web.api.operation import KEY, LONGEST_KEY, OPERATIONS, Operation
from web.interface import BASE
from web.problems import KINDS, TYPE, Problem

REF = "#/components/schemas/{model}"
EVERYWHERE = (401, 403, 405, 429, 500, 503)
_PART = re.compile(r"<(?:(int)[^:]*:)?([a-z_]+)>")
_IDEMPOTENT = {
    "zh": "每次新的请求用一个新的编号；同一个编号再发一次，得到第一次的回答（保存30天）。",
    "en": "New for each request; sent again, the first answer comes again (kept for 30 days).",
}
_ANSWERED = {
    200: ("给您", "There it is"),
    201: ("已记录", "Recorded"),
    202: ("等第二人确认", "Waits for a second person"),
}
_CALENDAR = {
    "zh": "手机日历：地址本身就是密码，没有姓名",
    "en": "The calendar on the phone: the address itself is the secret, and no name is in it",
}


def description(language: str) -> dict[str, Any]:
    """The whole description, its texts in one language."""
    answers = {model for one in OPERATIONS for model in one.answers.values()} | {Problem}
    schemas = _schemas(answers)
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        body = _body(one, schemas)
        paths.setdefault(path_of(one), {})[one.method.lower()] = _operation(one, body, language)
    paths["/calendar/{feed}.ics"] = {"get": _calendar(language)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Recruit",
            "version": version("recruit"),
            "description": _about(language),
        },
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": spoken(schemas, language),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def path_of(operation: Operation) -> str:
    """The path as OpenAPI writes it."""
    return _PART.sub(r"{\2}", operation.path)


def spoken(schema: Any, language: str) -> Any:  # noqa: ANN401 - any JSON value
    """The schema with what its fields mean in one language."""
    if isinstance(schema, list):
        return [spoken(one, language) for one in schema]
    if not isinstance(schema, dict):
        return schema
    left = {"x-zh", "x-en"} | ({"description"} if language == "zh" else set())  # docstrings are English
    found = {name: spoken(one, language) for name, one in schema.items() if name not in left}
    meaning = schema.get(f"x-{language}")
    if isinstance(meaning, str):
        found["description"] = meaning
    return found


def _schemas(answers: set[type[BaseModel]]) -> dict[str, Any]:
    ordered = sorted(answers, key=lambda model: model.__name__)
    _, defined = models_json_schema([(model, "serialization") for model in ordered], ref_template=REF)
    return dict(defined["$defs"])


def _body(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of what is sent; the models in it join the others."""
    adapter = operation.body
    if not isinstance(adapter, TypeAdapter):
        return None
    schema = adapter.json_schema(ref_template=REF)
    schemas.update(schema.pop("$defs", {}))
    name = schema.get("title")
    if name is None:
        return dict(schema)
    schemas[name] = schema
    return {"$ref": REF.format(model=name)}


def _operation(operation: Operation, body: Mapping[str, Any] | None, language: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.zh if language == "zh" else operation.en,
        "parameters": [*_parts(operation), *_query(operation, language), *_key(operation, language)],
        "responses": {str(code): _answer(code, model, language) for code, model in operation.answers.items()}
        | {str(code): _error(code, language) for code in sorted({*EVERYWHERE, *operation.errors})},
    }
    if body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": spoken(body, language)}},
        }
    return described


def _parts(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind else {"type": "string", "minLength": 1},
        }
        for kind, name in _PART.findall(operation.path)
    ]


def _query(operation: Operation, language: str) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema()
    found = []
    for name, of in schema["properties"].items():
        told = spoken({key: value for key, value in of.items() if key != "title"}, language)
        meaning = told.pop("description", "")
        found.append({"name": name, "in": "query", "description": meaning, "schema": _given(told)})
    return found


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """Without null: a query leaves out what is not given."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    return kinds[0] if kinds else schema


def _key(operation: Operation, language: str) -> list[dict[str, Any]]:
    if not operation.key:
        return []
    return [
        {
            "name": KEY,
            "in": "header",
            "required": operation.key == "needed",
            "description": _IDEMPOTENT[language],
            "schema": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_KEY,
                "pattern": "^[!-~]+$",
            },
        }
    ]


def _answer(code: int, model: type[BaseModel], language: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=model.__name__)}
    about = _ANSWERED[code][language != "zh"]
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _error(code: int, language: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=Problem.__name__)}
    return {
        "description": KINDS[code][1 if language == "zh" else 2],
        "content": {TYPE: {"schema": schema}},
    }


def _calendar(language: str) -> dict[str, Any]:
    return {
        "operationId": "calendar",
        "summary": _CALENDAR[language],
        "security": [],
        "parameters": [{"name": "feed", "in": "path", "required": True, "schema": {"type": "string"}}],
        "responses": {
            "200": {"description": "iCalendar", "content": {"text/calendar": {"schema": {"type": "string"}}}},
            "404": {"description": KINDS[404][1 if language == "zh" else 2]},
        },
    }


def _about(language: str) -> str:
    if language == "zh":
        return "和网页一样的事项、一样的规定。日期是上海的日历日；编号是不透明的文字。"
    return "The same acts and rules as on the pages. Days are civil days in Shanghai; ids are opaque texts."
