"""People who submit from outside, as a browser does: no answer, then the same once more."""

from __future__ import annotations

import hashlib
import http.client
import re
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from threading import Event
from urllib.parse import urlencode

from qifu.organisations.demonstration import PASSWORD

# Longer than the product needs to come back from anything.
PATIENCE = 60.0
PAUSE = 0.25
FIELD = r'name="%s" value="([^"]*)"'
# No register knows it, so nobody is asked which of several is meant.
FIRM = "阿基米德杠杆厂"
FILE = "uploaded.pdf"


def page_of(problem: str) -> bytes:
    """Return a file that nobody else sends: a page that names its problem, and some weight."""
    return b"%PDF-1.4\n% " + problem.encode() + b"\n" + secrets.token_bytes(40_000) + b"\n%%EOF\n"


class GaveUp(Exception):
    """The product did not answer for too long, or answered what nobody expects."""


@dataclass
class Answer:
    """What came back: the status, where it leads to, the page."""

    status: int
    location: str
    page: str

    def value(self, name: str) -> str:
        """Return what a form of the page holds in a hidden field."""
        found = re.search(FIELD % name, self.page)
        if found is None:
            raise GaveUp(f"no {name} in\n{self.page}")
        return found[1]


@dataclass
class Browser:
    """Cookies, forms, and one address."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    repeats: int = 0

    def insist(
        self,
        path: str,
        form: dict[str, str] | None = None,
        want: int = 200,
        file: bytes | None = None,
    ) -> Answer:
        """Ask until there is an answer; each time in the very same words, with the same file."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self._ask(path, form, file)
            except (OSError, http.client.HTTPException) as error:
                answer = Answer(599, "", repr(error))
            if answer.status < 500:
                break
            if time.monotonic() > deadline:
                raise GaveUp(f"{path}: {answer}")
            self.repeats += 1
            time.sleep(PAUSE)
        if answer.status != want:
            raise GaveUp(f"{path} answered {answer}")
        return answer

    def fill_in(self, path: str, file: bytes | None = None, **form: str) -> Answer:
        """Open a page, fill in its form and send it, perhaps with a file; be led on."""
        page = self.insist(path)
        form = {"csrfmiddlewaretoken": page.value("csrfmiddlewaretoken"), **form}
        if 'name="once_key"' in page.page:
            form["once_key"] = page.value("once_key")
        return self.insist(path, form, want=303, file=file)

    def _ask(self, path: str, form: dict[str, str] | None, file: bytes | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body: bytes | None = None
        if form is not None and file is not None:
            body, headers["Content-Type"] = _in_parts(form, file)
        elif form is not None:
            body = urlencode(form).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        return Answer(answer.status, answer.headers.get("Location", ""), page)


def _in_parts(form: dict[str, str], file: bytes) -> tuple[bytes, str]:
    """Write a form with one file as a browser does, and say how it is written."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="upload"; filename="{FILE}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join([*parts, head]).encode() + file + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


@dataclass
class Writer:
    """Somebody who keeps submitting, and remembers what was acknowledged."""

    browser: Browser
    name: str
    # What was said, and the number that the product answered; "" where it names none.
    acknowledged: dict[str, str] = field(default_factory=dict)
    # What was given along: the hash of each file by what was said.
    files: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Come in through the pages."""
        raise NotImplementedError

    def submit(self, problem: str, file: bytes) -> str:
        """Submit one problem with its file through the pages; return its number."""
        raise NotImplementedError

    def write(self, until: Event) -> None:
        """Submit one after another until told to end."""
        while not until.is_set():
            problem = f"{self.name}第{len(self.acknowledged) + 1}件：门口的路灯不亮。"
            file = page_of(problem)
            self.acknowledged[problem] = self.submit(problem, file)
            self.files[problem] = hashlib.sha256(file).hexdigest()


@dataclass
class Person(Writer):
    """Somebody of an enterprise, who writes on the portal."""

    phone: str = ""

    def sign_in(self) -> None:
        self.browser.fill_in("/sign-in/", phone=self.phone)
        letters = self.browser.insist("/mailbox/").page
        found = re.search(rf"<b>{self.phone}</b>.*?验证码(\d{{6}})", letters, re.DOTALL)
        if found is None:
            raise GaveUp(f"no code for {self.phone} in\n{letters}")
        self.browser.fill_in("/sign-in/code/", code=found[1])

    def submit(self, problem: str, file: bytes) -> str:
        way = self.browser
        way.fill_in("/raise/problem/", file=file, problem=problem)
        way.fill_in("/raise/enterprise/", name=FIRM, own="another")
        way.fill_in("/raise/contact/", contact_name="王经理", contact_way="PHONE")
        next_page = way.fill_in("/raise/check/").location
        way.insist(next_page)
        return next_page.split("/")[2]


@dataclass
class Clerk(Writer):
    """Somebody of a unit, who writes down on the desk what enterprises tell him."""

    login: str = ""

    def sign_in(self) -> None:
        self.browser.fill_in("/desk/sign-in/", login=self.login, password=PASSWORD)

    def submit(self, problem: str, file: bytes) -> str:
        told = {
            "firm": FIRM,
            "problem": problem,
            "contact_name": "王经理",
            "contact_phone": "13912345678",
            "channel": "PHONE",
        }
        place = self.browser.fill_in("/desk/appeals/new/", file=file, **told).location
        # Sent twice, it is one, and the desk leads to the list instead of the case.
        return place.removeprefix("/desk/appeals/").strip("/")
