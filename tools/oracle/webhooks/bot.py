"""A bot in the sandbox: the program, an account with a key, and a receiver that keeps what arrives."""

import http.server
import json
import subprocess
import threading
import time
import urllib.request

from harness import PATIENCE, Server

PASSWORD = "correct horse battery"
HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Guildhall(Server):
    """The program on a free port and a fresh folder."""

    def __init__(self, program, data):
        super().__init__([program, "--listen", "127.0.0.1:0", "--data", data], before="is open at ")
        self.program, self.data = program, data

    def verify(self, email):
        """Verifies an address as the link in the mail would."""
        subprocess.run([self.program, "user", "verify", email, "--data", self.data], check=True, stdout=subprocess.DEVNULL)


class Bot:
    """A bot with a key."""

    def __init__(self, guildhall):
        self.url, self.key = guildhall.url, None
        who = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
        self.post("/v1/auth/signup", who)
        guildhall.verify(who["email"])
        self.key = self.post("/v1/auth/login", who)["access_token"]
        self.key = self.post("/v1/auth/api-keys", {"name": "bot", "scopes": ["*"]})["key"]

    def post(self, path, body):
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers, method="POST")
        with HTTP.open(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def post_job(self, title):
        job = {"title": title, "description": "All fixtures pass.", "category": "coding", "budget_max": 48000}
        return self.post("/api/agent/jobs", job)


class Receiver:
    """A server that takes every request and keeps its headers and its body."""

    def __init__(self):
        self.requests, self.arrived = [], threading.Condition()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.arrived:
                    receiver.requests.append((dict(self.headers), body))
                    receiver.arrived.notify_all()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks"

    def take(self, event):
        """Waits for the next request of an event, and takes it out."""
        until = time.monotonic() + PATIENCE
        with self.arrived:
            while True:
                for n, (headers, body) in enumerate(self.requests):
                    if headers["x-webhook-event"] == event:
                        del self.requests[n]
                        return headers, body
                left = until - time.monotonic()
                assert left > 0, f"{event} did not arrive"
                self.arrived.wait(left)
