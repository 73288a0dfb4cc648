"""How many requests were answered and how long they took, by the route's template: never by an id."""

from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began would be read from the system's clock
EXTENSION = "recruit_metrics"
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"))
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def init_metrics(app: Flask) -> None:
    """Count every request of this application in a registry of its own."""
    registry = CollectorRegistry()
    app.extensions[EXTENSION] = registry
    names = ("method", "route")
    answered = Counter(
        "recruit_http_requests", "Requests answered by this process", (*names, "status"), registry=registry
    )
    lasted = Histogram(
        "recruit_http_request_seconds", "How long they took", names, registry=registry, buckets=BUCKETS
    )

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        method = request.method if request.method in METHODS else "other"
        route = request.url_rule.rule if request.url_rule else "none"
        answered.labels(method, route, str(response.status_code)).inc()
        if "begun" in g:
            lasted.labels(method, route).observe(perf_counter() - g.begun)
        return response
