"""Somebody at a screen without a browser: he presses only what the page offers him."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urljoin

from django.test import Client

from qifu.organisations.models import User
from tests.journeys import paper


class Screen:
    """One person, and the page in front of him."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        self.path = "/"
        self.status = 0
        self.page = paper.read("")
        self._typed: dict[paper.Node, str] = {}
        if user is not None:
            self.client.force_login(user)

    @property
    def words(self) -> str:
        """What stands on the page."""
        return self.page.words

    def opens(self, path: str, status: int = 200) -> Screen:
        """Type an address."""
        return self._arrive(self.client.get(path, follow=True), path, status)

    def presses(self, name: str, status: int = 200) -> Screen:
        """Press the button or follow the link that begins so."""
        pressed = self._control(name)
        if pressed.tag == "a":
            return self.opens(urljoin(self.path, pressed.attrs["href"]), status)
        form = paper.form_of(self.page, pressed)
        assert form is not None, f"{name} belongs to no form"
        sent = self._sent(form, pressed)
        here = urljoin(self.path, form.attrs.get("action") or self.path)
        if form.attrs.get("method", "get").lower() == "get":
            return self.opens(f"{here.partition('?')[0]}?{urlencode(sent, doseq=True)}", status)
        return self._arrive(self.client.post(here, sent, follow=True), here, status)

    def writes(self, label: str, words: str) -> Screen:
        """Write into the box with that label."""
        self._typed[paper.labelled(self.page, label)] = words
        return self

    def chooses(self, label: str, option: str) -> Screen:
        """Choose from a list that folds out."""
        box = paper.labelled(self.page, label)
        found = [each for each in box.all("option") if each.words == option]
        assert found, f"{label} does not offer {option}"
        self._typed[box] = found[0].attrs["value"]
        return self

    def picks(self, title: str, of: str = "") -> Screen:
        """Pick a round or a tick."""
        picked = paper.choice(self.page, title, of)
        if picked.attrs["type"] == "radio":
            for other in self.page.all("input"):
                if other.attrs.get("name") == picked.attrs["name"]:
                    self._typed[other] = ""
        self._typed[picked] = "on"
        return self

    def sees(self, *sentences: str) -> Screen:
        """Find every sentence on the page."""
        for sentence in sentences:
            assert sentence in self.words, f"{self.path} does not say {sentence}: {self.words}"
        return self

    def sees_nothing_of(self, *sentences: str) -> Screen:
        """Find none of them on the page."""
        for sentence in sentences:
            assert sentence not in self.words, f"{self.path} says {sentence}"
        return self

    def offers(self, name: str) -> bool:
        """Tell whether there is a button or a link that begins so."""
        return bool(self._controls(name))

    def _control(self, name: str) -> paper.Node:
        found = self._controls(name)
        assert found, f"{self.path} offers no {name}: {self.words}"
        return found[0]

    def _controls(self, name: str) -> list[paper.Node]:
        main = self.page.all("main") or [self.page]
        places = (main[0], self.page)
        return [
            node
            for place in places
            for node in place.all("a", "button")
            if node.words.startswith(name) and (node.tag == "button" or "href" in node.attrs)
        ]

    def _sent(self, form: paper.Node, pressed: paper.Node) -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        for box in paper.controls(self.page, form):
            for value in paper.sent_by(box, self._typed):
                sent.setdefault(box.attrs["name"], []).append(value)
        if name := pressed.attrs.get("name"):
            sent.setdefault(name, []).append(pressed.attrs.get("value", ""))
        return sent

    def _arrive(self, answer: Any, path: str, status: int) -> Screen:
        for url, code in answer.redirect_chain:
            # A step is never answered with a page that a reload would send again.
            assert code in {302, 303}, f"{path} leads on with {code}"
            path = urljoin(path, url)
        self.path, self.status = path, answer.status_code
        self.page = paper.read(answer.content.decode())
        self._typed = {}
        assert self.status == status, f"{path} answers {self.status}: {self.words[:400]}"
        return self
