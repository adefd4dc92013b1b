"""The one customer of all tips: without an address, so that nothing Zammad sends can reach anybody."""

from connector.plugin_api import HelpdeskMisconfigured, Memo, TemporaryFailure, TicketGone
from plugins.zammad.answers import Unprocessable
from plugins.zammad.client import ZammadClient
from plugins.zammad.models import USER, USERS
from plugins.zammad.settings import ZammadSettings

_NAME = {"firstname": "Anonymous", "lastname": "Reporter"}
_NOTE = "The one customer of all anonymous tips. Made by Tipbridge; please leave it as it is."


class Requester:
    """Finds the customer, or makes one: one process at a time, its id remembered for ever."""

    def __init__(self, client: ZammadClient, memo: Memo, settings: ZammadSettings) -> None:
        self._client = client
        self._memo = memo
        self._fixed = settings.customer
        self._address = settings.reply_address
        self._key = f"customer {settings.reply_address or 'without address'}"

    def id(self) -> int:
        """The customer's user id."""
        if self._fixed is not None:
            return self._fixed
        return int(self._memo.once(self._key, self._made))

    def is_lost(self) -> bool:
        """Whether the customer is no longer there; then a new one is made next time.

        Raises HelpdeskMisconfigured where the operator has named one that does not exist.
        """
        try:
            self._client.get(f"/users/{self.id()}", USER)
        except TicketGone:
            if self._fixed is not None:
                raise HelpdeskMisconfigured(
                    "ZMD-E005",
                    f"the configured customer {self._fixed} does not exist in Zammad",
                    "leave `customer` out and let Tipbridge make one, or enter the id of one without an address",
                ) from None
            self._memo.forget(self._key)
            return True
        return False

    def _made(self) -> str:
        wanted = {**_NAME, "note": _NOTE, **({"email": self._address} if self._address else {})}
        try:
            return str(self._client.ask("POST", "/users", USER, json=wanted).id)
        except Unprocessable as refused:
            if self._address is not None and (known := self._with_address(self._address)) is not None:
                return known
            raise TemporaryFailure(
                "Zammad did not make the customer (422)", request_id=refused.request_id
            ) from None

    def _with_address(self, address: str) -> str | None:
        found = self._client.get("/users/search", USERS, query=address)
        return next((str(user.id) for user in found if (user.email or "").lower() == address.lower()), None)
