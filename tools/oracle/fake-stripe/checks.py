"""One line a check, and what all checks share: the fake's address, its steering, and pages as a browser sees them."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request

from harness import Checks


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to its caller: it leads out of the fake."""

    def redirect_request(self, *_):
        return None


BROWSER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


class Oracle(Checks):
    """The fake under check, and the result so far."""

    def __init__(self, base):
        super().__init__()
        self.base = base

    def steer(self, route, **how):
        """Posts to `/_test/…`."""
        request = urllib.request.Request(f"{self.base}/_test/{route}", json.dumps(how).encode(), {"Content-Type": "application/json"})
        with BROWSER.open(request) as answer:
            assert answer.status == 200, answer.status

    def call(self, method, path, form=(), key="sk_test_of_the_oracles_of_the_fake_stripe"):
        """Calls the API without a client, which would turn some texts into numbers, and returns the JSON as it came."""
        url, body = f"{self.base}/v1/{path}", urllib.parse.urlencode(form)
        headers = {"Authorization": f"Bearer {key}"}
        if method == "GET":
            request = urllib.request.Request(f"{url}?{body}", headers=headers)
        else:
            request = urllib.request.Request(url, body.encode(), headers, method=method)
        with BROWSER.open(request) as answer:
            return json.load(answer)

    def objects(self, kind):
        """All objects of a kind, whoever owns them."""
        with BROWSER.open(f"{self.base}/_test/objects/{kind}") as answer:
            return json.load(answer)


def page(url):
    """Opens a page and returns its HTML."""
    with BROWSER.open(url) as answer:
        return answer.read().decode()


def press(url, label, **fields):
    """Presses the button with a label on a page; returns the status and the address that follows."""
    forms = re.findall(r"<form method=post action='([^']+)'>(.*?)</form>", page(url), re.S)
    action = next(action for action, inside in forms if f"<button>{label}</button>" in inside)
    body = urllib.parse.urlencode(fields).encode()
    try:
        with BROWSER.open(urllib.request.Request(urllib.parse.urljoin(url, action), body)) as answer:
            return answer.status, None
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location")


def equal(found, wanted):
    """Fails with both values if they differ."""
    assert found == wanted, f"{found!r}, not {wanted!r}"


def refused(kind, act):
    """Returns the error that an act has to be refused with."""
    try:
        act()
    except kind as error:
        return error
    raise AssertionError(f"not refused with {kind.__name__}")
