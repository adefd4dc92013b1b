"""Is the process up, can it store a tip; and, for the operator's listener only, what is wrong and the numbers."""

from flask import Blueprint, Flask, Response, jsonify
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from connector.errors import TipbridgeError
from connector.services.watching import Watching
from webhook_server.headers import protect
from webhook_server.parts import WebParts


def health_blueprint(parts: WebParts) -> Blueprint:
    """`/healthz` and `/readyz`: open to a load balancer, say nothing but yes or no."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="up")

    @blueprint.get("/readyz")
    def readyz() -> Response:
        try:
            parts.watching.can_store()
        except TipbridgeError:
            return Response('{"status": "cannot store a tip"}', 503, content_type="application/json")
        return jsonify(status="ready")

    return blueprint


def create_admin_app(watching: Watching) -> Flask:
    """The app behind `service.admin_listen`: `/watchz` and `/metrics`, from the database."""
    app = Flask("tipbridge-admin", static_folder=None)
    protect(app, secure=False)
    registry = CollectorRegistry()
    registry.register(_Figures(watching))

    @app.get("/watchz")
    def watchz() -> Response:
        found = watching.problems()
        listed = [{"id": problem.problem, "since": problem.since.isoformat()} for problem in found]
        response = jsonify(problems=listed)
        response.status_code = 503 if found else 200
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")

    return app


class _Figures(Collector):
    """Reads the numbers from the database at each scrape."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    def collect(self) -> list[Metric]:
        """The gauges; labels are helpdesk ids, states, process names: never a case, never a reporter."""
        figures = self._watching.figures()
        rows = GaugeMetricFamily("tipbridge_outbox_rows", "Undelivered rows.", labels=["helpdesk", "state"])
        for (helpdesk, state), count in figures.outbox.items():
            rows.add_metric([helpdesk, state], count)
        oldest = GaugeMetricFamily(
            "tipbridge_outbox_oldest_seconds", "Age of the oldest row that waits.", labels=["helpdesk"]
        )
        for helpdesk, seconds in figures.oldest.items():
            oldest.add_metric([helpdesk], seconds)
        beats = GaugeMetricFamily(
            "tipbridge_heartbeat_age_seconds", "Since the last sign of life.", labels=["kind", "process"]
        )
        for (kind, process), seconds in figures.heartbeat_age.items():
            beats.add_metric([kind, process], seconds)
        alarms = GaugeMetricFamily("tipbridge_alarms", "Open alarms.", labels=["alarm"])
        for alarm, count in figures.alarms.items():
            alarms.add_metric([alarm], count)
        return [
            rows,
            oldest,
            beats,
            alarms,
            GaugeMetricFamily("tipbridge_tickets_to_read", "Tickets that wait to be read.", figures.hints),
            GaugeMetricFamily("tipbridge_cases", "Cases on record.", figures.cases),
        ]
