"""Stripe's command line triggers events on the fake, by its own fixtures."""

import os
import subprocess
import tempfile

KEY = "sk_test_of_the_oracles_of_the_fake_stripe"
TRIGGERS = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "account.updated",
    "transfer.created",
    "transfer.updated",
    "transfer.reversed",
    "payout.created",
    "payout.updated",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.refunded",
    "charge.refund.updated",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "setup_intent.succeeded",
    "setup_intent.setup_failed",
    "customer.created",
    "customer.updated",
    "customer.deleted",
]
# The event of an older name that the fixture stands for now.
NOW_NAMED = {"charge.refund.updated": "refund.updated"}


def run(oracle, receiver, npm):
    for event in TRIGGERS:
        oracle.check(f"cli: stripe trigger {event}", lambda event=event: trigger(oracle, receiver, npm, event))


def trigger(oracle, receiver, npm, event):
    before = sum(seen.type == NOW_NAMED.get(event, event) for seen in receiver.events)
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "PATH": os.environ["PATH"], "STRIPE_CLI_TELEMETRY_OPTOUT": "1"}
        line = [f"{npm}/node_modules/.bin/stripe", "trigger", event, "--api-base", oracle.base, "--api-key", KEY]
        done = subprocess.run(line, env=env, capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Trigger succeeded" in said, said.strip().splitlines()[-3:]
    wanted = NOW_NAMED.get(event, event)
    receiver.wait(lambda events: sum(seen.type == wanted for seen in events) > before, f"no event {wanted}")
