"""The steps of a tip: what it is about, the story, a look at what could give one away, files and send, keep the code."""

import hmac

from flask import Response, request
from werkzeug.datastructures import MultiDict

from connector.domain.code import Code, MalformedCode
from connector.services.door import ContactRefused
from connector.services.intake import Refusal
from connector.services.submissions import KeyReused
from connector.services.wording import told_of_declared
from webhook_server.incoming import idempotency_key, read_files
from webhook_server.pages.forms import Draft
from webhook_server.pages.inbox_session import open_session_cookie
from webhook_server.pages.rendering import Pages, refused
from webhook_server.pages.review import answered, questions
from webhook_server.parting import parted_from
from webhook_server.parts import WebParts
from webhook_server.problems import Problem


class TipSteps:
    """Each method answers one POST. What was typed is never lost: an error shows the same page again."""

    def __init__(self, parts: WebParts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages

    def about(self) -> Response:
        """First page: school, what it is about, is someone in danger."""
        return self._about(Draft.read(request.form))

    def _about(self, draft: Draft, errors: dict[str, str] | None = None) -> Response:
        status = 422 if errors else 200
        return self._pages.show(
            "about.html", status, draft=draft, errors=errors or {}, hidden=draft.hidden(*_ABOUT)
        )

    def story(self) -> Response:
        """Second page: the words, and the questions that help."""
        draft = Draft.read(request.form)
        only = self._parts.programme.only_school
        if only is not None and not draft.school:
            draft = Draft.read(_with(school=only))
        errors = draft.errors(self._parts)
        return self._about(draft, errors) if errors else self._story(draft)

    def _story(self, draft: Draft, errors: dict[str, str] | None = None) -> Response:
        status = 422 if errors else 200
        return self._pages.show(
            "story.html", status, draft=draft, errors=errors or {}, hidden=draft.hidden(*_STORY)
        )

    def files(self) -> Response:
        """Third page: photos, and the button that sends; before it, once, what could give the reporter away."""
        draft = Draft.read(request.form)
        if len(draft.text) > 0:
            errors = draft.story_errors(has_files=False)
            if errors:
                return self._story(draft, errors)
        # Nobody who is in danger is held up.
        asked = () if draft.danger == "yes" or draft.is_seen else questions(draft, self._parts.checker)
        if asked:
            return self._pages.show("review.html", draft=draft, questions=asked, hidden=draft.hidden("seen"))
        return self._files(draft)

    def reviewed(self) -> Response:
        """What the reporter has decided is done; then the third page."""
        draft = answered(Draft.read(request.form), request.form, self._parts.checker)
        too_long = draft.story_errors(has_files=True)
        return self._story(draft, too_long) if too_long else self._files(draft)

    def _files(self, draft: Draft, error: str | None = None) -> Response:
        return self._pages.show(
            "files.html",
            422 if error else 200,
            draft=draft,
            error=error,
            hidden=draft.hidden(*_CONTACT),
            can_seal="vault" in self._parts.door.choices,
        )

    def send(self) -> Response:
        """Record the tip; then, and only then, show the code."""
        draft = Draft.read(request.form)
        errors = draft.errors(self._parts)
        if errors:
            return self._about(draft, errors)
        try:
            uploads = read_files(request, self._parts.limits)
            key = idempotency_key(draft.key)
            parted = parted_from(request, self._parts.door, draft.share_contact, draft.contact())
        except (Problem, ContactRefused) as problem:
            return self._files(draft, _in_words(problem))
        wrong = draft.story_errors(has_files=bool(uploads))
        if wrong:
            return self._story(draft, wrong)
        try:
            receipt = self._parts.intake.accept(draft.tip(), uploads, key, parted)
        except Refusal as refusal:
            return self._story(draft, {"text": str(refusal)})
        except KeyReused:
            return self._pages.show("changed.html", 422)
        declared = self._parts.checker.declared(parted.declared)
        told = told_of_declared(draft.tip(), declared, self._parts.checker)
        return self._code(receipt.code, draft.danger, refused(receipt.files), told=told)

    def kept(self) -> Response:
        """The reporter says that the code is kept: check it by its last group, or show it again."""
        try:
            code = Code.parse(request.form.get("code", ""))
        except MalformedCode:
            return self._pages.show("home.html", promise=self._parts.promise)
        danger = request.form.get("danger", "")
        typed = "".join(char for char in request.form.get("last", "") if char.isdigit())
        if not hmac.compare_digest(typed.encode(), code.reveal()[-4:].encode()):
            return self._code(
                code, danger, [], "These are not the last four digits. Look at your own copy again."
            )
        response = self._pages.show("done.html", danger=danger == "yes")
        if danger == "yes":
            # Somebody in danger is asked back at once: the inbox is opened without typing the code again.
            mailbox = self._parts.entrance.enter(code.reveal(), request.remote_addr or "")
            if mailbox is not None:
                open_session_cookie(self._parts, response, mailbox.keys)
        return response

    def _code(
        self,
        code: Code,
        danger: str,
        files: list[tuple[int, str]],
        error: str | None = None,
        told: tuple[str, ...] = (),
    ) -> Response:
        return self._pages.show(
            "code.html",
            422 if error else 200,
            code=code.reveal(),
            danger=danger,
            files=files,
            error=error,
            told=told,
        )


_ABOUT = ("school", "category", "danger", "about_staff")
_CONTACT = ("share", "contact_name", "contact_phone", "contact_email")
_STORY = ("text", "where", "when", "who")


def _with(**changed: str) -> MultiDict[str, str]:
    form = request.form.copy()
    form.update(changed)
    return form


def _in_words(problem: Problem | ContactRefused) -> str:
    if isinstance(problem, ContactRefused):
        return f"Nothing was sent yet: {problem}."
    if problem.status == 413:
        return (
            "One of the files is too large. Nothing was sent yet: choose smaller files, or send without them."
        )
    if problem.errors:
        return f"Nothing was sent yet: {problem.errors[0][1]}."
    return "Nothing was sent yet: please start again from the first page."
