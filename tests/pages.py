"""A browser without JavaScript, as small as it can be: it fills in forms and presses buttons."""

from typing import Any

import requests
from lxml.html import FormElement, HtmlElement, document_fromstring

from tests.canary import Canary


class Browser:
    """Walks through the reporter's pages. What a page carries in hidden fields, it carries on."""

    def __init__(self, url: str, canary: Canary) -> None:
        self._url = url
        self._headers = canary.headers
        self._page = self._read(requests.get(f"{url}/", headers=self._headers, timeout=30))

    def _read(self, response: requests.Response) -> HtmlElement:
        assert response.status_code < 500, response.text
        assert response.url == f"{self._url}/"
        self.status = response.status_code
        return document_fromstring(response.text)

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self._page.findtext(".//h1") or ""

    @property
    def words(self) -> str:
        """What the page says, without what is hidden."""
        return " ".join(self._page.text_content().split())

    def all(self, path: str) -> list[Any]:
        """What is found by an XPath expression."""
        found: list[Any] = self._page.xpath(path)
        return found

    def text(self, path: str) -> str:
        """The text of the first thing that is found."""
        return str(self._page.xpath(f"string({path})"))

    def names(self) -> list[str]:
        """Of the fields with a choice."""
        return [str(name) for name in self.all("//input[@type='radio']/@name")]

    def press(self, button: str, **fields: str) -> None:
        """Fill in fields of the form with this button, and press it."""
        form = next(form for form in self._page.forms if button in (form.findtext(".//button") or ""))
        self.send(form, fields)

    def send(self, form: FormElement, fields: dict[str, str]) -> None:
        """Send a form; as a browser does, with two characters for a line break."""
        values = {**dict(form.form_values()), **fields}
        body = {name: value.replace("\r\n", "\n").replace("\n", "\r\n") for name, value in values.items()}
        if form.get("enctype") == "multipart/form-data":
            # `files` without one: requests sends multipart only then.
            body.pop("files", None)
            parts = {name: (None, value) for name, value in body.items()}
            self._page = self._read(
                requests.post(f"{self._url}/", files=parts, headers=self._headers, timeout=30)
            )
        else:
            self._page = self._read(
                requests.post(f"{self._url}/", data=body, headers=self._headers, timeout=30)
            )

    def tell(self, text: str, *, danger: str = "no", category: str = "bullying", **more: str) -> None:
        """The first pages, up to the one behind the story."""
        self.press("Tell us")
        self.press("Next", danger=danger, category=category)
        self.press("Next", text=text, **more)

    @property
    def code(self) -> str:
        """The code that is shown."""
        return self.text("//*[@id='code']")
