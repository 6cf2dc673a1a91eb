"""Registers webhooks as docs/webhooks.md says, and runs all checks of what arrives: `main.py GUILDHALL VERIFY_MJS`."""

import base64
import json
import subprocess
import sys
import tempfile

import standardwebhooks
from bot import Bot, Guildhall, Receiver
from harness import Checks
from snippet import verify_webhook

NODE = ("standardwebhooks", "svix")


class Verifiers(Checks):
    """The libraries that verify a request, and the result so far."""

    def __init__(self, script):
        super().__init__()
        self.script = script

    def node(self, library, secret, headers, body):
        """Has a library of Node verify a request; fails if it refuses it."""
        told = json.dumps({"secret": secret, "headers": headers, "body": base64.b64encode(body).decode()})
        ran = subprocess.run(["node", self.script, library], input=told, text=True, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr.strip()

    def verifies(self, name, secret, request, legacy=True):
        """Has every library verify a request, and refuse it when a byte of it is another."""
        headers, body = request
        forged = body.replace(b"a", b"b", 1)
        # The standard's libraries take the key in base 64; a secret of one's own is the key itself.
        key = secret if secret.startswith("whsec_") else base64.b64encode(secret.encode()).decode()
        acts = {"PyPI standardwebhooks": lambda body: standardwebhooks.Webhook(key).verify(body, headers)}
        for library in NODE:
            acts[f"npm {library}"] = lambda body, library=library: self.node(library, key, headers, body)
        if legacy:
            acts["gagiteck's snippet"] = lambda body: by_snippet(headers, body, secret)
        for library, act in acts.items():
            self.check(f"{name}: {library} verifies it", lambda: act(body))
            self.check(f"{name}: {library} refuses another body", lambda: refused(lambda: act(forged)))


def by_snippet(headers, body, secret):
    assert verify_webhook(body.decode(), headers["x-webhook-signature"], secret), "it does not match"


def refused(act):
    try:
        act()
    except Exception:
        return
    raise AssertionError("it was accepted")


def equal(found, wanted):
    assert found == wanted, f"{found!r}, not {wanted!r}"


def run(checks, bot):
    receiver = Receiver()
    made = bot.post("/v1/webhooks", {"url": receiver.url, "events": ["execution.completed", "job.posted"]})
    secret, test = made["secret"], f"/v1/webhooks/{made['id']}/test"
    sent = bot.post(test, {})
    request = receiver.take("webhook.test")
    checks.check("a test: its id is the delivery's", lambda: equal(request[0]["webhook-id"], sent["id"]))
    checks.verifies("a test", secret, request)
    job = bot.post_job("Über-Parser für €-Beträge ✓")
    request = receiver.take("job.posted")
    checks.check("a real event: it tells of the job", lambda: equal(json.loads(request[1])["data"]["job_id"], job["id"]))
    checks.verifies("a real event", secret, request)

    renewed = bot.post(f"/v1/webhooks/{made['id']}/rotate-secret", {})["secret"]
    bot.post(test, {})
    request = receiver.take("webhook.test")
    checks.check("a rotated secret: two signatures", lambda: equal(len(request[0]["webhook-signature"].split(" ")), 2))
    checks.verifies("a rotated secret, by the new one", renewed, request)
    checks.verifies("a rotated secret, by the old one", secret, request, legacy=False)

    own = "your_webhook_secret"
    made = bot.post("/v1/webhooks", {"url": receiver.url, "events": ["execution.completed", "execution.failed"], "secret": own})
    bot.post(f"/v1/webhooks/{made['id']}/test", {})
    checks.verifies("a secret of one's own", own, receiver.take("webhook.test"))


def main():
    program, script = sys.argv[1:]
    checks = Verifiers(script)
    with tempfile.TemporaryDirectory() as data, Guildhall(program, data) as guildhall:
        run(checks, Bot(guildhall))
    checks.close()


main()
