// Only for those who have JavaScript: when the page is left, its words are taken off the screen, so that neither the
// back button nor a cached copy shows them. Without JavaScript `no-store` does the same, a little less surely.
window.addEventListener("pagehide", function () { document.body.textContent = ""; });
window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.replace("/"); } });
