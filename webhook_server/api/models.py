"""The shapes of the API. The OpenAPI document is made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from connector.services.door import MOST_EMAIL, MOST_NAME, MOST_PHONE
from connector.services.intake import MAX_TEXT


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


Words = Annotated[str, Field(max_length=MAX_TEXT)]
ShortWords = Annotated[str, Field(max_length=2_000)]
Identifier = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]


class Contact(_Strict):
    """How the reporter may be reached. Only used as `share_contact` says."""

    name: Annotated[str, Field(max_length=MOST_NAME)] | None = None
    phone: Annotated[str, Field(max_length=MOST_PHONE)] | None = None
    email: Annotated[str, Field(max_length=MOST_EMAIL)] | None = None


class TipRequest(_Strict):
    """A tip. `text` or a file is required, `school` unless there is only one."""

    text: Words = ""
    school: Identifier | None = None
    category: Identifier = "other"
    danger_now: bool | None = None
    about_staff: bool = False
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    where: ShortWords = ""
    when: ShortWords = ""
    who: ShortWords = ""
    contact: Contact | None = None
    share_contact: Literal["no", "vault", "staff"] = "no"


class CheckRequest(_Strict):
    """A text to be looked at before it is sent."""

    text: Words


class MessageRequest(_Strict):
    """A follow-up. `text`, a file or a contact is required. `contact` goes to staff."""

    text: Words = ""
    contact: Contact | None = None


class FileResult(BaseModel):
    """What became of a file; `accepted` null means that it is still being cleaned."""

    index: int
    name: str
    accepted: bool | None
    forwarded: bool
    removed: list[str]
    reason: str | None


_Place = Annotated[int, Field(ge=0, le=MAX_TEXT)]


class TextWarning(BaseModel):
    """Something in `text` that could give the reporter away: its place, and what to tell them.

    `start` and `end` count the Unicode code points of `text` as it was sent. Where strings are counted in UTF-16 units
    (JavaScript, Java, Swift's utf16), a character outside the basic plane, as most emoji, counts once here and twice there.
    Places may overlap. At most 200 are named, the first ones.
    """

    kind: Literal["email", "phone", "handle", "name", "link"]
    start: _Place
    end: _Place
    message: str


class TipReceipt(BaseModel):
    """The answer to a tip. `case` is for the app itself, which must not display it."""

    case: Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
    code: Annotated[str, Field(pattern=r"^\d{4}(-\d{4}){4}$")]
    files: list[FileResult]
    warnings: list[TextWarning]


class Warnings(BaseModel):
    """The answer to a check."""

    warnings: list[TextWarning]


class MessageReceipt(BaseModel):
    """The answer to a follow-up."""

    id: str
    files: list[FileResult]


class InboxFile(BaseModel):
    """A file in the inbox. `id` is null for the reporter's own, which are not kept here."""

    id: str | None
    name: str
    type: str
    size: int


class InboxMessage(BaseModel):
    """A message in the inbox; `at` is ISO 8601 in UTC."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    sender: Annotated[Literal["staff", "you"], Field(alias="from")]
    role: Literal["school", "law-enforcement"] | None
    text: str
    at: str
    files: list[InboxFile]


class InboxView(BaseModel):
    """The inbox, oldest message first."""

    status: Literal["received", "in_progress", "closed"]
    messages: list[InboxMessage]


class Choice(BaseModel):
    """A school or a category."""

    id: str
    name: str


class LimitsView(BaseModel):
    """What one call may bring."""

    files: int
    file_bytes: int
    body_bytes: int
    text: int


class SchoolsView(BaseModel):
    """What a form needs to know."""

    schools: list[Choice]
    categories: list[Choice]
    languages: list[str]
    share_contact: list[str]
    limits: LimitsView
    promise: str


class FieldError(BaseModel):
    """A field that was not accepted."""

    field: str
    message: str


class ProblemDocument(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
