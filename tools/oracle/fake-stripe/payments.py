"""Stripe's Python client as a payer's side: checkouts, saved cards, payments without the person, refunds, disputes."""

import stripe
from checks import equal, page, press, refused
from cli import KEY


def run(oracle, receiver):
    client = stripe.StripeClient(KEY, base_addresses={"api": oracle.base}, max_network_retries=0)
    side = Payer(oracle, receiver, client.v1)
    for name in [name for name in dir(Payer) if name.startswith("a_")]:
        oracle.check(f"payments: {name.replace('_', ' ')}", getattr(side, name))


class Payer:
    def __init__(self, oracle, receiver, v1):
        self.oracle, self.receiver, self.v1 = oracle, receiver, v1

    def session(self, **more):
        price = {"currency": "usd", "unit_amount": 10_600, "product_data": {"name": "Deposit to your wallet"}}
        asked = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "client_reference_id": "dep_1",
            "success_url": "http://127.0.0.1/done?s={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://127.0.0.1/back",
            "metadata": {"deposit": "dep_1"},
        }
        return self.v1.checkout.sessions.create({**asked, **more})

    def find(self, session):
        return self.v1.checkout.sessions.retrieve(session.id)

    def saved(self, number):
        """A customer with a card that was saved on a page."""
        customer = self.v1.customers.create({"email": "payer@example.org", "name": "Payer"})
        session = self.v1.checkout.sessions.create(
            {"mode": "setup", "currency": "usd", "customer": customer.id, "success_url": "http://127.0.0.1/saved"}
        )
        equal((session.payment_status, session.status), ("no_payment_required", "open"))
        equal(press(session.url, "Save card", number=number), (303, "http://127.0.0.1/saved"))
        intent = self.v1.setup_intents.retrieve(self.find(session).setup_intent)
        equal((intent.status, intent.customer), ("succeeded", customer.id))
        self.receiver.expect(session.id, "checkout.session.completed")
        self.receiver.expect(intent.id, "setup_intent.created", "setup_intent.succeeded")
        return customer.id, intent.payment_method

    def charge(self, customer, method, **more):
        asked = {"amount": 2_000, "currency": "usd", "customer": customer, "payment_method": method, "off_session": True, "confirm": True}
        return self.v1.payment_intents.create({**asked, **more})

    def a_checkout_paid_by_card(self):
        session = self.session(allowed_payment_method_types=["card"])
        assert "Pay 106.00 USD" in page(session.url)
        equal(press(session.url, "Pay by card"), (303, f"http://127.0.0.1/done?s={session.id}"))
        expand = ["payment_intent.latest_charge.balance_transaction", "line_items"]
        paid = self.v1.checkout.sessions.retrieve(session.id, {"expand": expand})
        equal((paid.status, paid.payment_status, paid.amount_total, paid.url), ("complete", "paid", 10_600, None))
        equal(paid.payment_intent.latest_charge.balance_transaction.fee, 337)
        equal(paid.line_items.data[0].description, "Deposit to your wallet")
        self.receiver.expect(session.id, "checkout.session.completed")

    def a_checkout_declined_then_paid(self):
        session = self.session()
        equal(press(session.url, "Pay by card", number="4000000000000002"), (402, None))
        equal(self.find(session).status, "open")
        press(session.url, "Pay by card")
        equal(self.find(session).payment_status, "paid")

    def a_checkout_paid_by_bank_debit(self):
        for pays, event in [(True, "async_payment_succeeded"), (False, "async_payment_failed")]:
            session = self.session(allowed_payment_method_types=["us_bank_account"])
            press(session.url, "Pay by bank debit")
            found = self.find(session)
            equal((found.status, found.payment_status), ("complete", "unpaid"))
            equal(self.v1.payment_intents.retrieve(found.payment_intent).status, "processing")
            self.oracle.steer("bank", session=session.id, pays=pays)
            equal(self.find(session).payment_status, "paid" if pays else "unpaid")
            self.receiver.expect(session.id, "checkout.session.completed", f"checkout.session.{event}")

    def a_checkout_expired(self):
        session = self.session()
        self.v1.checkout.sessions.expire(session.id)
        equal(self.find(session).status, "expired")
        refused(stripe.InvalidRequestError, lambda: self.v1.checkout.sessions.expire(session.id))
        self.receiver.expect(session.id, "checkout.session.expired")

    def a_checkout_that_expires_on_its_page(self):
        session = self.session()
        equal(press(session.url, "Try a card that is declined"), (402, None))
        equal(press(session.url, "Wait until it expires"), (200, None))
        equal(self.find(session).status, "expired")
        assert "This checkout is expired" in page(session.url)

    def a_checkout_refused_for_its_parameters(self):
        old = refused(stripe.InvalidRequestError, lambda: self.session(payment_method_types=["card"]))
        equal((old.code, old.param), ("parameter_unknown", "payment_method_types"))
        refused(stripe.InvalidRequestError, lambda: self.session(expires_at=1))
        equal(refused(stripe.InvalidRequestError, lambda: self.session(line_items=[])).param, "line_items")
        equal(refused(stripe.InvalidRequestError, lambda: self.v1.checkout.sessions.retrieve("cs_test_none")).http_status, 404)

    def a_saved_card_pays_without_its_person(self):
        customer, method = self.saved("4242424242424242")
        intent = self.charge(customer, method)
        equal((intent.status, intent.amount_received), ("succeeded", 2_000))
        equal([found.id for found in self.v1.customers.payment_methods.list(customer).data], [method])
        self.receiver.expect(intent.id, "payment_intent.created", "payment_intent.succeeded")

    def a_saved_card_is_declined(self):
        customer, method = self.saved("4000000000000341")
        error = refused(stripe.CardError, lambda: self.charge(customer, method))
        equal((error.http_status, error.code, error.error.decline_code), (402, "card_declined", "generic_decline"))
        intent = error.error.payment_intent
        equal((intent.status, intent.last_payment_error.code), ("requires_payment_method", "card_declined"))
        self.receiver.expect(intent.id, "payment_intent.payment_failed")

    def a_saved_card_needs_its_person(self):
        customer, method = self.saved("4000002760003184")
        error = refused(stripe.CardError, lambda: self.charge(customer, method))
        equal((error.http_status, error.code), (402, "authentication_required"))
        equal(error.error.payment_intent.status, "requires_payment_method")
        asked = {"customer": customer, "payment_method": method, "confirm": True, "return_url": "http://127.0.0.1/back"}
        intent = self.v1.payment_intents.create({"amount": 2_000, "currency": "usd", **asked})
        equal(intent.status, "requires_action")
        equal(press(intent.next_action.redirect_to_url.url, "It is me"), (303, "http://127.0.0.1/back"))
        equal(self.v1.payment_intents.retrieve(intent.id).status, "succeeded")

    def a_card_of_somebody_else_is_refused(self):
        _, method = self.saved("4242424242424242")
        other = self.v1.customers.create({"email": "other@example.org"})
        refused(stripe.InvalidRequestError, lambda: self.charge(other.id, method))

    def a_card_is_taken_off(self):
        customer, method = self.saved("4242424242424242")
        self.v1.payment_methods.detach(method)
        equal(self.v1.customers.payment_methods.list(customer).data, [])
        refused(stripe.InvalidRequestError, lambda: self.charge(customer, method))
        self.receiver.expect(method, "payment_method.attached", "payment_method.detached")

    def a_payment_is_refunded(self):
        customer, method = self.saved("4242424242424242")
        intent = self.charge(customer, method)
        part = self.v1.refunds.create({"payment_intent": intent.id, "amount": 500})
        rest = self.v1.refunds.create({"payment_intent": intent.id})
        equal((part.amount, rest.amount, rest.status), (500, 1_500, "succeeded"))
        again = refused(stripe.InvalidRequestError, lambda: self.v1.refunds.create({"payment_intent": intent.id}))
        equal(again.code, "charge_already_refunded")
        equal(self.v1.charges.retrieve(intent.latest_charge).refunded, True)
        self.receiver.expect(intent.latest_charge, "charge.refunded")
        self.oracle.steer("reversal", id=rest.id, payment_intent=intent.id, amount=1_500, status="failed")
        equal(self.v1.refunds.retrieve(rest.id).status, "failed")
        self.receiver.expect(rest.id, "refund.created", "refund.failed")

    def a_payment_is_disputed(self):
        customer, method = self.saved("4242424242424242")
        for number, end in enumerate(["won", "lost"]):
            intent, dispute = self.charge(customer, method), f"dp_of_an_oracle_{number}"
            for status in ["needs_response", end]:
                self.oracle.steer("reversal", id=dispute, payment_intent=intent.id, amount=2_000, status=status)
                equal(self.v1.disputes.retrieve(dispute).status, status)
            equal(self.v1.disputes.list({"payment_intent": intent.id}).data[0].id, dispute)
            self.receiver.expect(dispute, "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed")
