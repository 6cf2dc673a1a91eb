"""Runs all checks: `main.py ADDRESS_OF_THE_FAKE FOLDER_OF_NODE_MODULES`."""

import sys

import cli
import connect
import payments
import shapes
import wire
from checks import Oracle, equal
from receiver import SECRET, Receiver


def main():
    base, npm = sys.argv[1:]
    oracle = Oracle(base)
    receiver = Receiver()
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
    print(f"{oracle.passed} passed, {oracle.failed} failed")
    sys.exit(1 if oracle.failed else 0)


main()
