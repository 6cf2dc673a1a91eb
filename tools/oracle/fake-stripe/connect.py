"""Stripe's Python client as a payee's side: accounts, links, transfers, reversals, payouts."""

import stripe
from checks import equal, press, refused
from cli import KEY

CONTROLLER = {"fees": {"payer": "application"}, "losses": {"payments": "application"}, "stripe_dashboard": {"type": "express"}}


def run(oracle, receiver):
    client = stripe.StripeClient(KEY, base_addresses={"api": oracle.base}, max_network_retries=0)
    side = Payee(oracle, receiver, client.v1)
    for name in [name for name in dir(Payee) if name.startswith("a_")]:
        oracle.check(f"connect: {name.replace('_', ' ')}", getattr(side, name))


class Payee:
    def __init__(self, oracle, receiver, v1):
        self.oracle, self.receiver, self.v1 = oracle, receiver, v1

    def account(self):
        asked = {"controller": CONTROLLER, "capabilities": {"transfers": {"requested": True}}, "email": "payee@example.org"}
        return self.v1.accounts.create(asked)

    def link(self, account):
        asked = {"account": account, "type": "account_onboarding"}
        return self.v1.account_links.create({**asked, "refresh_url": "http://127.0.0.1/again", "return_url": "http://127.0.0.1/done"})

    def ready(self):
        """An account that can be paid."""
        account = self.account()
        equal(press(self.link(account.id).url, "Give everything"), (303, "http://127.0.0.1/done"))
        return account.id

    def transfer(self, account, cents):
        return self.v1.transfers.create({"amount": cents, "currency": "usd", "destination": account, "transfer_group": "pay_1"})

    def available(self, account):
        return self.v1.balance.retrieve(options={"stripe_account": account}).available[0].amount

    def a_payee_completes_the_onboarding(self):
        account = self.account()
        equal((account.type, account.payouts_enabled, account.capabilities.transfers), ("express", False, "inactive"))
        assert account.requirements.currently_due
        refused(stripe.InvalidRequestError, lambda: self.v1.accounts.login_links.create(account.id))
        press(self.link(account.id).url, "Give everything")
        found = self.v1.accounts.retrieve(account.id)
        equal((found.details_submitted, found.payouts_enabled, found.capabilities.transfers), (True, True, "active"))
        equal(found.requirements.currently_due, [])
        assert self.v1.accounts.login_links.create(account.id).url
        self.receiver.expect(account.id, "account.updated")

    def a_payee_leaves_a_part_out_and_is_restricted(self):
        account = self.account()
        press(self.link(account.id).url, "Leave your document out")
        found = self.v1.accounts.retrieve(account.id)
        equal((found.details_submitted, found.payouts_enabled), (True, False))
        equal(found.requirements.disabled_reason, "requirements.past_due")
        error = refused(stripe.InvalidRequestError, lambda: self.transfer(account.id, 100))
        equal(error.code, "insufficient_capabilities_for_transfer")
        self.oracle.steer("account", account=account.id, due=[])
        equal(self.transfer(account.id, 100).amount, 100)

    def a_link_is_used_once(self):
        link = self.link(self.account().id)
        equal(press(link.url, "Wait until the link expires"), (303, "http://127.0.0.1/again"))
        refused(OSError, lambda: press(link.url, "Give everything"))

    def a_transfer_is_reversed(self):
        account = self.ready()
        transfer = self.transfer(account, 5_000)
        reversal = self.v1.transfers.reversals.create(transfer.id, {"amount": 2_000})
        equal((reversal.amount, reversal.transfer), (2_000, transfer.id))
        self.oracle.steer("transfer", transfer=transfer.id)
        found = self.v1.transfers.retrieve(transfer.id)
        equal((found.reversed, found.amount_reversed, len(found.reversals.data)), (True, 5_000, 2))
        equal(self.available(account), 0)
        refused(stripe.InvalidRequestError, lambda: self.v1.transfers.reversals.create(transfer.id, {"amount": 1}))
        equal([seen.id for seen in self.v1.transfers.list({"destination": account}).data], [transfer.id])
        self.receiver.expect(transfer.id, "transfer.created", "transfer.reversed")

    def a_transfer_over_the_balance_is_refused(self):
        account = self.ready()
        equal(refused(stripe.InvalidRequestError, lambda: self.transfer(account, 10**12)).code, "balance_insufficient")

    def a_payout_ends_in_each_way(self):
        account = self.ready()
        acting = {"stripe_account": account}
        for end in ["paid", "failed", "canceled"]:
            self.transfer(account, 3_000)
            before = self.available(account)
            payout = self.v1.payouts.create({"amount": 3_000, "currency": "usd"}, acting)
            equal((payout.status, self.available(account)), ("pending", before - 3_000))
            if end == "canceled":
                self.v1.payouts.cancel(payout.id, options=acting)
            else:
                self.oracle.steer("payout", payout=payout.id, status="in_transit")
                self.oracle.steer("payout", payout=payout.id, status=end, failure_code="account_closed")
            found = self.v1.payouts.retrieve(payout.id, options=acting)
            equal((found.status, self.available(account)), (end, before - (3_000 if end == "paid" else 0)))
            self.receiver.expect(payout.id, "payout.created", f"payout.{end}")
        refused(stripe.InvalidRequestError, lambda: self.v1.payouts.retrieve(payout.id))
        events = [event for event in self.receiver.events if event.data.object["id"] == payout.id]
        equal({event.account for event in events}, {account})

    def a_payout_over_the_balance_is_refused(self):
        asked = {"amount": 1, "currency": "usd"}
        acting = {"stripe_account": self.ready()}
        equal(refused(stripe.InvalidRequestError, lambda: self.v1.payouts.create(asked, acting)).code, "balance_insufficient")
        self.oracle.steer("account", account=acting["stripe_account"], due=["individual.id_number"])
        equal(refused(stripe.InvalidRequestError, lambda: self.v1.payouts.create(asked, acting)).code, "payouts_not_allowed")
