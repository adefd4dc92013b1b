"""From an HTTP request to a view and back: authentication, parameters, one transaction's lock, errors."""

import traceback

from flask import Flask, Response, request

from plugins.zammad.tests.fake import params, wire
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.accounts import authenticate
from plugins.zammad.tests.fake.background import Background
from plugins.zammad.tests.fake.errors import Broken, Forbidden, NotFound, Refusal
from plugins.zammad.tests.fake.router import Route, Router, View
from plugins.zammad.tests.fake.world import World

_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


class Api:
    """The routes below /api/v1 of one fake, as a Flask app."""

    def __init__(self, world: World, background: Background) -> None:
        self.world = world
        self._background = background
        self._router = Router()
        self.crashes: list[str] = []
        self.app = Flask("fake-zammad", static_folder=None)
        self.app.add_url_rule(
            "/<path:path>", "everything", self._dispatch, methods=_METHODS, provide_automatic_options=False
        )

    def add(self, method: str, rule: str, view: View, *, status: int = 200) -> None:
        """Answer `method` on /api/v1`rule` with what `view` returns."""
        self._router.add(method, f"/api/v1{rule}", view, status)

    def _dispatch(self, path: str) -> Response:
        found = self._router.find(request.method, path)
        if found is None:
            return self._no_route()
        caller: Caller | None = None
        try:
            given = params.read(request.query_string.decode(), request.get_data(), request.content_type)
            with self.world.lock:
                caller = authenticate(self.world, request.headers)
                self._admit(caller)
                route, parts = found
                answer = self._shown(route, route.view(caller, given, **parts))
        except params.UnacceptableBody:
            return Response(b"", 406, {"Content-Type": "text/html; charset=UTF-8"})
        except Refusal as refusal:
            return self._refuse(refusal, caller)
        except Exception:
            # A fault of the fake itself: it must fail the test that met it, which only sees a 500.
            self.crashes.append(traceback.format_exc())
            return self._refuse(Broken("the fake itself failed"), caller)
        self._background.settle()
        return answer

    def _admit(self, caller: Caller) -> None:
        if self.world.settings["maintenance_mode"] and not caller.may("admin"):
            raise Forbidden("Maintenance mode enabled!")

    def _shown(self, route: Route, value: object) -> Response:
        if isinstance(value, Response):
            return value
        known = request.headers.get("If-None-Match") if request.method == "GET" else None
        return wire.json_answer(value, route.status, if_none_match=known)

    def _refuse(self, refusal: Refusal, caller: Caller | None) -> Response:
        for_admin = caller is not None and caller.may("admin")
        return wire.refusal_answer(refusal, for_admin=for_admin, as_json=wire.wants_json(request.headers))

    def _no_route(self) -> Response:
        if request.method == "PATCH":
            return Response(
                wire.dump({"status": 404, "error": "Not Found"}),
                404,
                {"Content-Type": "application/json; charset=UTF-8"},
            )
        return self._refuse(NotFound(f"No route matches [{request.method}] {request.path}"), None)
