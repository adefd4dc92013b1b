"""The staff pages: no JavaScript, a session cookie, a token in every form."""

import hmac
import secrets

from flask import Blueprint, Response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from demo.practice.database import Refused
from demo.practice.faults import KINDS, Faults
from demo.practice.tickets import File, NewArticle, Tickets

Answer = str | AnyResponse | tuple[str, int]


class Pages:
    """Log in, list, ticket with all its buttons, faults."""

    def __init__(self, tickets: Tickets, faults: Faults, user: str, password: str) -> None:
        self._tickets, self._faults, self._user, self._password = tickets, faults, user, password

    def blueprint(self) -> Blueprint:
        """All routes."""
        pages = Blueprint("pages", __name__)
        pages.before_request(self._guard)
        pages.route("/login", methods=["GET", "POST"], endpoint="login")(self._login)
        pages.post("/logout", endpoint="logout")(self._logout)
        pages.get("/")(lambda: render_template("tickets.html", tickets=self._tickets.all()))
        pages.get("/tickets/<int:ticket>", endpoint="one")(self._one)
        pages.post("/tickets/<int:ticket>", endpoint="act")(self._act)
        pages.get("/files/<int:file>", endpoint="file")(self._download)
        pages.route("/faults", methods=["GET", "POST"], endpoint="faults")(self._show_faults)
        return pages

    def _guard(self) -> AnyResponse | None:
        if request.endpoint == "pages.login":
            return None
        if "staff" not in session:
            return redirect("/login", 303)
        if request.method == "POST" and not _same(request.form.get("form", ""), session["form"]):
            raise Refused(400, "old-form", "this form is too old; go back and load the page again")
        return None

    def _login(self) -> Answer:
        if request.method == "GET":
            return render_template("login.html")
        user, password = request.form.get("user", ""), request.form.get("password", "")
        if not _same(user, self._user) & _same(password, self._password):
            return render_template("login.html", wrong=True), 401
        session["staff"], session["form"] = self._user, secrets.token_hex(16)
        return redirect("/", 303)

    def _logout(self) -> AnyResponse:
        session.clear()
        return redirect("/login", 303)

    def _one(self, ticket: int) -> str:
        others = [it for it in self._tickets.all() if it["id"] != ticket and it["status"] != "merged"]
        return render_template("ticket.html", ticket=self._tickets.one(ticket), others=others)

    def _act(self, ticket: int) -> AnyResponse:
        form = request.form
        match form.get("do", ""):
            case "answer" | "note" as kind:
                self._write(ticket, "public" if kind == "answer" else "internal")
            case "take":
                self._tickets.update(ticket, "staff", owner=session["staff"])
            case "close" | "reopen" as kind:
                self._tickets.update(ticket, "staff", status="closed" if kind == "close" else "open")
            case "priority":
                self._tickets.update(ticket, "staff", priority=form.get("priority"))
            case "show":
                self._tickets.show(ticket, form.get("article", 0, int), form.get("visibility", ""))
            case "merge":
                target = form.get("target", 0, int)
                self._tickets.merge(ticket, target)
                ticket = target
            case "delete":
                self._tickets.delete(ticket)
                return redirect("/", 303)
        return redirect(f"/tickets/{ticket}", 303)

    def _write(self, ticket: int, visibility: str) -> None:
        if not request.form.get("body", "").strip():
            raise Refused(422, "empty", "write something first")
        given = [file for file in request.files.getlist("files") if file]
        files = tuple(File(file.filename or "file", file.mimetype, file.read()) for file in given)
        self._tickets.add(ticket, NewArticle(request.form["body"], visibility, "staff", files=files))

    def _download(self, file: int) -> Response:
        found = self._tickets.file(file)
        response = Response(found.content, content_type="application/octet-stream")
        response.headers.set("Content-Disposition", "attachment", filename=found.name)
        return response

    def _show_faults(self) -> Answer:
        form = request.form
        if request.method == "POST":
            count, seconds = form.get("count", type=int), form.get("seconds", 5.0, float)
            self._faults.switch(form.get("kind", ""), form.get("on") == "yes", count, seconds)
            return redirect("/faults", 303)
        return render_template("faults.html", kinds=KINDS, on=self._faults.shown())


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
