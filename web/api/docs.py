"""The description of the interface: as OpenAPI for programs, as a page for people."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template
from flask.json import dumps
from flask.typing import ResponseReturnValue

from web.access import SIGNED_IN, reach
from web.api.openapi import description
from web.interface import BASE, DOCS, OPENAPI
from web.language import language
from web.problems import KINDS, answer_problems

blueprint = Blueprint("api_docs", __name__)
machine = Blueprint("api_description", __name__)
answer_problems(machine)


@dataclass(frozen=True, slots=True)
class Line:
    """A field or a parameter: `kind` as it is written, `about` what it means."""

    name: str
    kind: str
    about: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Call:
    anchor: str
    method: str
    path: str
    summary: str
    parameters: tuple[Line, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A model: what is sent, or what is answered."""

    name: str
    fields: tuple[Line, ...]


@machine.get(OPENAPI)
@reach(SIGNED_IN)
def openapi() -> ResponseReturnValue:
    """For whoever has a token, or is logged in."""
    return Response(dumps(description(language())), content_type="application/json")


@blueprint.get(DOCS)
@reach(SIGNED_IN)
def page() -> ResponseReturnValue:
    """The same description, read by people."""
    described = description(language())
    schemas = described["components"]["schemas"]
    return render_template(
        "api.html",
        about=described["info"]["description"],
        base=BASE,
        openapi=OPENAPI,
        calls=[
            _call(path, method, one)
            for path, methods in described["paths"].items()
            for method, one in methods.items()
        ],
        shapes=[_shape(name, schemas[name]) for name in sorted(schemas)],
        problems=[(code, *KINDS[code]) for code in KINDS],
        is_zh=language() == "zh",
    )


def _call(path: str, method: str, one: dict[str, Any]) -> Call:
    content = one.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Call(
        anchor=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        parameters=tuple(
            Line(of["name"], kind_of(of["schema"]), of.get("description", ""), of.get("required", False))
            for of in one["parameters"]
        ),
        body=kind_of(content["schema"]) if content else "",
        answers=tuple((code, _model_of(of), of["description"]) for code, of in one["responses"].items()),
    )


def _model_of(answer: dict[str, Any]) -> str:
    kinds = [kind_of(of["schema"]) for of in answer.get("content", {}).values()]
    return kinds[0] if kinds else ""


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = schema.get("required", [])
    fields = tuple(
        Line(field, kind_of(of), of.get("description", ""), field in required)
        for field, of in schema.get("properties", {}).items()
    )
    return Shape(name, fields)


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in a few characters: `date | null`, `[string]`, `FindingOut`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(kind_of(one) for one in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " | ".join(f'"{one}"' for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "any")
