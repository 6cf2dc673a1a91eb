"""A receiver of events that checks each signature with Stripe's own code."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import stripe

SECRET = "whsec_of_the_oracles"


class Receiver:
    """Holds the events that came, in their order, and the reasons why some were not believed."""

    def __init__(self):
        self.events = []
        self.problems = []
        self.came = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.take(body, self.headers.get("Stripe-Signature"))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/events"

    def take(self, body, header):
        with self.came:
            try:
                self.events.append(stripe.Webhook.construct_event(body, header, SECRET))
            except Exception as error:
                self.problems.append(f"{type(error).__name__}: {error}")
            self.came.notify_all()

    def wait(self, condition, words):
        """Waits until a condition of the list of events holds."""
        with self.came:
            # An event that is not believed ends the wait: it will not come again in another form.
            happened = self.came.wait_for(lambda: self.problems or condition(self.events), timeout=20)
            assert not self.problems, self.problems[0]
            assert happened, words

    def about(self, object_id):
        """The types of the events about an object, in the order in which they came."""
        with self.came:
            return [event.type for event in self.events if event.data.object["id"] == object_id]

    def expect(self, object_id, *types):
        """Waits until all these events about an object came."""
        self.wait(lambda _: set(types) <= set(self.about_locked(object_id)), f"{types} of {object_id}")

    def about_locked(self, object_id):
        return [event.type for event in self.events if event.data.object["id"] == object_id]
