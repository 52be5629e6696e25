"""Every operation of the schema, where to aim it, and the least it must be sent."""

from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from postal_tthc.rest.etags import etag

METHODS = ("get", "post", "patch", "put", "delete")
JSON, FORM = "application/json", "multipart/form-data"
There = dict[str, list[object]]


class Operation(NamedTuple):
    """One method of one path, as the schema has it."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.told["operationId"]

    @property
    def family(self) -> str:
        """The part of the address that names what it is about."""
        return self.path.removeprefix("/api/v1/").split("/")[0]

    @property
    def is_public(self) -> bool:
        """Whether a stranger may ask."""
        return {} in self.told.get("security", [])

    @property
    def has_object(self) -> bool:
        """Whether the address names one thing."""
        return "{" in self.path

    @property
    def takes(self) -> dict[str, Any]:
        """The schemas of what is sent, by media type."""
        return self.told.get("requestBody", {}).get("content", {})

    @property
    def demands_version(self) -> bool:
        """Whether If-Match must be sent."""
        return any(
            x["name"] == "If-Match" and x.get("required")
            for x in self.told.get("parameters", [])
        )

    @property
    def knows_key(self) -> bool:
        """Whether an Idempotency-Key is understood."""
        names = {x["name"] for x in self.told.get("parameters", [])}
        return "Idempotency-Key" in names

    def ask(self, client: APIClient, address: str, body: Any = None, **how: Any) -> Any:
        """Send it, in the form that it takes."""
        form = "multipart" if FORM in self.takes else "json"
        return getattr(client, self.method)(address, body, format=form, **how)


@cache
def drawn() -> dict[str, Any]:
    """The schema as the code draws it."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def operations() -> tuple[Operation, ...]:
    """All of them."""
    return tuple(
        Operation(method, path, told[method])
        for path, told in drawn()["paths"].items()
        for method in METHODS
        if method in told
    )


def aimed(operation: Operation, there: There, place: int = 0) -> str:
    """The address of something that is there; the first unless told otherwise."""
    known = there.get(operation.family) or [1]
    one = known[place % len(known)]
    path = operation.path
    names = one if isinstance(one, dict) else {"id": one, "reference": one}
    for name, value in {"position": 1, **names}.items():
        path = path.replace(f"{{{name}}}", str(value))
    return path.replace("{organisation}", "SNV").replace("{month}", "2018-03")


def least(node: dict[str, Any], name: str = "") -> Any:
    """The least that a schema asks for: required fields, in plain values."""
    node = resolved(node)
    for some in ("allOf", "oneOf", "anyOf"):
        if some in node:
            return least(node[some][0], name)
    if "enum" in node:
        return node["enum"][0]
    kind = node.get("type")
    if kind == "object":
        wanted = node.get("required", [])
        return {x: least(node["properties"][x], x) for x in wanted}
    if kind == "array":
        return [least(node["items"], name)] * max(1, node.get("minItems", 0))
    if kind in ("integer", "number"):
        return max(1, node.get("minimum", 1))
    if kind == "boolean":
        return False
    return {"date": "2020-06-15", "date-time": "2020-06-15T09:00:00+07:00"}.get(
        node.get("format", ""), f"x{name}"[: node.get("maxLength", 20)]
    )


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    while "$ref" in node:
        node = drawn()["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    return deepcopy(node)


def body_of(operation: Operation) -> Any:
    """The least that an operation must be sent; None when nothing is."""
    for told in operation.takes.values():
        return least(told["schema"])
    return None


def version_at(client: APIClient, address: str) -> dict[str, str]:
    """If-Match with what stands there now: at the address, or at what it is about."""
    while address.count("/") > 4:
        answer = client.get(address)
        if answer.status_code == 200 and answer.has_header("ETag"):
            return {"If-Match": answer["ETag"]}
        address = address.rstrip("/").rpartition("/")[0] + "/"
    return {"If-Match": etag("*")}
