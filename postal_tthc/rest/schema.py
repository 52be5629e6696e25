"""The schema, drawn from the code: which no's a route may answer, which headers."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.permissions import SAFE_METHODS

from postal_tthc.rest.permissions import IsPublic, scopes_for
from postal_tthc.rest.problems import ProblemSerializer

READ_PROBLEMS = (400, 401, 403, 404, 406, 409, 429, 500, 503)
WRITE_PROBLEMS = (
    *(400, 401, 403, 404, 406, 409, 412, 413, 415, 422, 428, 429),
    *(500, 503),
)
# Of these the version of what was read is demanded.
OVERWRITING = ("PUT", "PATCH", "DELETE")
PROBLEM_TYPE = "application/problem+json"


class ApiSchema(AutoSchema):
    """Every operation names its problems, its scopes and its headers."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """What the verb says of itself, and the scope that a token needs."""
        told = super().get_operation(*args, **kwargs)
        if told is None:
            return None
        names = sorted(scopes_for(self.view, self.method))
        scopes = " or ".join(f"`{name}`" for name in names)
        told["description"] = f"{told.get('description', '')}\n\nScope: {scopes}."
        return told

    def get_auth(self) -> list[dict[str, Any]]:
        """A token, a session, or for what is public nothing at all."""
        told = super().get_auth()
        is_public = IsPublic in self.view.permission_classes
        return [*told, {}] if is_public and {} not in told else told

    def get_override_parameters(self) -> list[Any]:
        """The headers that a write understands."""
        given = list(super().get_override_parameters())
        if self.method == "POST" and getattr(self.view, "is_once", True):
            given.append(IDEMPOTENCY_KEY)
        if not getattr(self.view, "is_versioned", False):
            return given
        if self.method in SAFE_METHODS:
            return [*given, IF_NONE_MATCH]
        overwrites = self.method in OVERWRITING
        demands = overwrites or getattr(self.view, "demands_version", False)
        return [*given, DEMANDED_IF_MATCH if demands else IF_MATCH]


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Any text of at most 100 letters, new for every request. The same "
    "request with the same key is carried out once; the answer is given again for "
    "seven days.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what was read. Another version answers 412.",
)
DEMANDED_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what was read. Another version answers 412; without the "
    "header 428.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what is there already. The same version answers 304.",
)
NO_CHANGE = OpenApiResponse(description="You have this version already.")


class TokenScheme(OpenApiAuthenticationExtension):
    """A token of ours, as the schema names it."""

    target_class = "postal_tthc.rest.authentication.ApiTokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An HTTP bearer token."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that an administrator made, `tthc_…`.",
        }


def add_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Name the problems of every operation once, by reference."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _problem_schema()
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["responses"] = {
        f"Problem{status}": {"description": TITLES[status], "content": content}
        for status in sorted({*READ_PROBLEMS, *WRITE_PROBLEMS})
    }
    for path in result["paths"].values():
        for method, operation in path.items():
            is_read = method.upper() in SAFE_METHODS
            for status in READ_PROBLEMS if is_read else WRITE_PROBLEMS:
                operation["responses"][str(status)] = {
                    "$ref": f"#/components/responses/Problem{status}"
                }
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


TITLES = {
    400: "Something sent is not as it should be.",
    401: "Nobody is signed in, or the token opens nothing.",
    403: "Not for this person, or not within the scopes of this token.",
    404: "There is nothing here, or not for this organisation.",
    406: "Only JSON is answered.",
    409: "Not possible as things stand.",
    412: "It has changed since it was read.",
    413: "Too much was sent at once.",
    415: "This media type is not read.",
    422: "Doubtful, or an idempotency key that was used before.",
    428: "Send the ETag of what was read as If-Match.",
    429: "Too many requests; Retry-After says how long to wait.",
    500: "An error of ours; it was logged and nothing was written.",
    503: "The database is busy; Retry-After says how long to wait.",
}


def _problem_schema() -> dict[str, Any]:
    told = ProblemSerializer()
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "description": ProblemSerializer.__doc__,
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string", "enum": list(told.fields["code"].choices)},
            "errors": {"type": "object", "additionalProperties": texts},
        },
    }
