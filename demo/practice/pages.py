"""The staff pages: no JavaScript, a session cookie, a token in every form."""

import hmac
import secrets
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from demo.practice.database import Refused
from demo.practice.faults import KINDS, Faults
from demo.practice.tickets import File, NewArticle, Tickets

Answer = str | AnyResponse | tuple[str, int]


def pages_blueprint(tickets: Tickets, faults: Faults, user: str, password: str) -> Blueprint:
    """Log in, list, ticket with all its buttons, faults."""
    pages = Blueprint("pages", __name__)

    @pages.before_request
    def guard() -> AnyResponse | None:
        if request.endpoint == "pages.login":
            return None
        if "staff" not in session:
            return redirect("/login", 303)
        if request.method == "POST" and not _same(request.form.get("form", ""), session["form"]):
            raise Refused(400, "old-form", "this form is too old; go back and load the page again")
        return None

    @pages.route("/login", methods=["GET", "POST"])
    def login() -> Answer:
        if request.method == "GET":
            return render_template("login.html")
        right = _same(request.form.get("user", ""), user) & _same(request.form.get("password", ""), password)
        if not right:
            return render_template("login.html", wrong=True), 401
        session["staff"], session["form"] = user, secrets.token_hex(16)
        return redirect("/", 303)

    @pages.post("/logout")
    def logout() -> AnyResponse:
        session.clear()
        return redirect("/login", 303)

    @pages.get("/")
    def listing() -> Answer:
        return render_template("tickets.html", tickets=tickets.all())

    @pages.get("/tickets/<int:ticket>")
    def one(ticket: int) -> Answer:
        return render_template("ticket.html", ticket=tickets.one(ticket), others=_others(ticket))

    @pages.post("/tickets/<int:ticket>")
    def act(ticket: int) -> AnyResponse:
        form, deed = request.form, request.form.get("do", "")
        if deed in ("answer", "note"):
            files = tuple(
                File(file.filename or "file", file.mimetype, file.read())
                for file in request.files.getlist("files")
                if file
            )
            if not form.get("body", "").strip():
                raise Refused(422, "empty", "write something first")
            visibility = "public" if deed == "answer" else "internal"
            tickets.add(ticket, NewArticle(form["body"], visibility, "staff", files=files))
        elif deed == "take":
            tickets.update(ticket, "staff", owner=session["staff"])
        elif deed in ("close", "reopen"):
            tickets.update(ticket, "staff", status="closed" if deed == "close" else "open")
        elif deed == "priority":
            tickets.update(ticket, "staff", priority=form.get("priority"))
        elif deed == "show":
            tickets.show(ticket, form.get("article", 0, int), form.get("visibility", ""))
        elif deed == "merge":
            tickets.merge(ticket, form.get("target", 0, int))
            ticket = form.get("target", 0, int)
        elif deed == "delete":
            tickets.delete(ticket)
            return redirect("/", 303)
        return redirect(f"/tickets/{ticket}", 303)

    @pages.get("/files/<int:file>")
    def download(file: int) -> Response:
        found = tickets.file(file)
        response = Response(found.content, content_type="application/octet-stream")
        response.headers.set("Content-Disposition", "attachment", filename=found.name)
        return response

    @pages.route("/faults", methods=["GET", "POST"])
    def show_faults() -> Answer:
        if request.method == "POST":
            count = request.form.get("count", type=int)
            faults.switch(
                request.form.get("kind", ""),
                on=request.form.get("on") == "yes",
                count=count,
                seconds=request.form.get("seconds", 5.0, float),
            )
            return redirect("/faults", 303)
        return render_template("faults.html", kinds=KINDS, on=faults.shown())

    def _others(ticket: int) -> list[dict[str, Any]]:
        return [other for other in tickets.all() if other["id"] != ticket and other["status"] != "merged"]

    return pages


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
