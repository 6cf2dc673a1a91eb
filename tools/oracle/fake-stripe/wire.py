"""Stripe's Python client against the wire: idempotency, trouble, pages of lists, the ways of events."""

import stripe
from checks import equal, refused
from cli import KEY

# The events that a check has dropped on purpose.
DROPPED = set()


def run(oracle, receiver):
    side = Wire(oracle, receiver)
    for name in [name for name in dir(Wire) if name.startswith("a_")]:
        oracle.check(f"wire: {name.replace('_', ' ')}", getattr(side, name))


class Wire:
    def __init__(self, oracle, receiver):
        self.oracle, self.receiver = oracle, receiver
        self.v1 = self.client()

    def client(self, retries=0, **more):
        return stripe.StripeClient(KEY, base_addresses={"api": self.oracle.base}, max_network_retries=retries, **more).v1

    def customer(self, name, key=None, v1=None):
        return (v1 or self.v1).customers.create({"name": name}, {"idempotency_key": key} if key else {})

    def named(self, name):
        return [customer for customer in self.oracle.objects("customer") if customer["name"] == name]

    def a_key_acts_once(self):
        first, again = self.customer("once", "key_1"), self.customer("once", "key_1")
        equal(first.id, again.id)
        equal(again.last_response.headers.get("Idempotent-Replayed"), "true")
        error = refused(stripe.IdempotencyError, lambda: self.customer("other", "key_1"))
        equal(error.http_status, 400)

    def a_declined_payment_is_replayed_too(self):
        asked = {"amount": 100, "currency": "usd", "payment_method": "pm_card_chargeDeclined", "confirm": True}
        tries = [refused(stripe.CardError, lambda: self.v1.payment_intents.create(asked, {"idempotency_key": "key_2"})) for _ in "ab"]
        equal(tries[0].error.payment_intent.id, tries[1].error.payment_intent.id)

    def a_request_without_a_key_of_stripe_is_refused(self):
        stranger = stripe.StripeClient("pk_of_a_stranger", base_addresses={"api": self.oracle.base}, max_network_retries=0)
        refused(stripe.AuthenticationError, lambda: stranger.v1.balance.retrieve())

    def a_rate_limit_and_a_failure_pass(self):
        self.oracle.steer("trouble", status=429, times=1)
        refused(stripe.RateLimitError, lambda: self.customer("limited"))
        self.oracle.steer("trouble", status=500, times=1)
        equal(self.customer("patient", v1=self.client(retries=2)).name, "patient")
        equal(len(self.named("patient")), 1)

    def a_failure_after_the_act_is_kept_under_its_key(self):
        self.oracle.steer("trouble", status=500, acts=True, times=1)
        for _ in "ab":
            refused(stripe.APIError, lambda: self.customer("kept", "key_3"))
        equal(len(self.named("kept")), 1)

    def a_lost_answer_is_asked_for_again(self):
        self.oracle.steer("trouble", times=1)
        hasty = self.client(http_client=stripe.RequestsClient(timeout=1))
        refused(stripe.APIConnectionError, lambda: self.customer("lost", "key_4", hasty))
        equal(self.customer("lost", "key_4").id, self.named("lost")[0]["id"])
        equal(len(self.named("lost")), 1)

    def a_slow_answer_comes(self):
        self.oracle.steer("trouble", slow_ms=50, times=1, path="/v1/balance", method="GET")
        assert self.v1.balance.retrieve().available

    def a_list_of_events_has_pages(self):
        for number in range(7):
            self.customer(f"page {number}")
        start = self.named("page 0")[0]["created"]
        asked = {"types": ["customer.created", "customer.deleted"], "created": {"gte": start}, "limit": 3}
        first = self.v1.events.list(asked)
        equal((len(first.data), first.has_more), (3, True))
        names = [event.data.object["name"] for event in first.auto_paging_iter()]
        equal([name for name in names if (name or "").startswith("page ")], [f"page {number}" for number in reversed(range(7))])
        equal(self.v1.events.retrieve(first.data[0].id).type, "customer.created")
        after = {"type": "customer.created", "limit": 1, "starting_after": first.data[0].id}
        equal(self.v1.events.list(after).data[0].id, first.data[1].id)
        equal(self.v1.events.list({"created": {"gte": start + 10_000}}).data, [])

    def came(self, ids):
        return [event.data.object["id"] for event in self.receiver.events if event.data.object["id"] in ids]

    def a_test_holds_events_back_and_turns_them_round(self):
        self.oracle.steer("events", hold=True)
        ids = [self.customer(f"held {number}").id for number in range(3)]
        equal(self.came(ids), [])
        self.oracle.steer("events", hold=False, order="reverse")
        self.receiver.wait(lambda _: self.came(ids) == ids[::-1], "the order is not reversed")

    def a_test_repeats_events(self):
        self.oracle.steer("events", repeat=3)
        ids = [self.customer("repeated").id]
        self.oracle.steer("events", repeat=1)
        self.receiver.wait(lambda _: len(self.came(ids)) == 3, "not sent three times")

    def a_test_drops_events(self):
        self.oracle.steer("events", drop=1)
        lost, kept = self.customer("dropped").id, self.customer("after it").id
        self.receiver.wait(lambda _: self.came([lost, kept]) == [kept], "the wrong event was dropped")
        event = next(event for event in self.v1.events.list({"type": "customer.created"}).data if event.data.object["id"] == lost)
        DROPPED.add(event.id)
        self.oracle.steer("resend", event=event.id)
        self.receiver.wait(lambda _: self.came([lost]) == [lost], "the event was not sent again")
