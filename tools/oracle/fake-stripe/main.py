"""Runs all checks: `main.py FAKE_STRIPE FOLDER_OF_NODE_MODULES`."""

import sys

import cli
import connect
import payments
import shapes
import wire
from checks import Oracle, equal
from harness import Server
from receiver import SECRET, Receiver


def run(oracle, receiver, npm):
    oracle.steer("webhook", url=receiver.url, secret=SECRET)
    for part in (payments, connect, wire):
        part.run(oracle, receiver)
    cli.run(oracle, receiver, npm)
    made = {event["id"] for event in oracle.objects("event")}
    lost = wire.DROPPED

    def all_are_signed():
        receiver.wait(lambda events: made <= {event.id for event in events} | lost, "some events did not come")
        equal(receiver.problems, [])

    oracle.check(f"signatures: Stripe's code believes all of {len(made)} events", all_are_signed)
    shapes.run(oracle, npm)


def main():
    program, npm = sys.argv[1:]
    # The fake gets no address for events: the checks have a receiver of their own and name it by /_test/webhook.
    with Server([program, "127.0.0.1:0", "", SECRET]) as fake:
        oracle = Oracle(fake.url)
        run(oracle, Receiver(), npm)
    oracle.close()


main()
