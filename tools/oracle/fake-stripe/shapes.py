"""The types of Stripe's Node client accept what the fake answers: a file of typed constants is written and compiled."""

import json
import re
import subprocess

from checks import equal

KINDS = {
    "account": "Account",
    "balance_transaction": "BalanceTransaction",
    "bank_account": "BankAccount",
    "charge": "Charge",
    "checkout.session": "Checkout.Session",
    "customer": "Customer",
    "dispute": "Dispute",
    "event": "Event",
    "payment_intent": "PaymentIntent",
    "payment_method": "PaymentMethod",
    "payout": "Payout",
    "price": "Price",
    "product": "Product",
    "refund": "Refund",
    "setup_intent": "SetupIntent",
    "transfer": "Transfer",
    "transfer_reversal": "TransferReversal",
}
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--types", "node"]


def run(oracle, npm):
    constants = samples(oracle)
    lines = ["import Stripe from 'stripe';"]
    for number, (name, kind, value) in enumerate(constants):
        # The client reads these texts as decimals; their type accepts no text.
        text = re.sub(r'("\w+_decimal": )("\d+")', r"\1Stripe.Decimal.from(\2)", json.dumps(value))
        lines.append(f"export const x{number}: Stripe.{kind} = {text}; // {name}")
    with open(f"{npm}/shapes.ts", "w") as file:
        file.write("\n".join(lines) + "\n")
    said = subprocess.run(["node_modules/.bin/tsc", *OPTIONS, "shapes.ts"], cwd=npm, capture_output=True, text=True)
    problems = said.stdout.splitlines()
    for name in dict.fromkeys(name.split(" ")[0] for name, _, _ in constants):
        own = [number for number, (full, _, _) in enumerate(constants, 2) if full.split(" ")[0] == name]
        mine = [problem for problem in problems if any(problem.startswith(f"shapes.ts({line},") for line in own)]
        oracle.check(f"types: {name}, {len(own)} of them", lambda mine=mine: equal(mine[:3], []))
    oracle.check("types: tsc accepts the whole file", lambda: equal((said.returncode, problems[:1]), (0, [])))


def samples(oracle):
    """One object of each kind and state that the fake holds, and those that it holds nowhere."""
    found = {}
    for kind, name in KINDS.items():
        for value in oracle.objects(kind):
            state = value["type"] if kind == "event" else value.get("status") or value.get("type")
            # Two objects are of one shape if the same fields of them are filled.
            details = value.get("payment_method_details") or {}
            filled = None if kind == "event" else tuple(field for field in value if value[field] not in (None, [], {}))
            found.setdefault((kind, state, filled, details.get("type")), (f"{kind} {state}", name, value))
    account = next(account["id"] for account in oracle.objects("account") if account["payouts_enabled"])
    done = [session for session in oracle.objects("checkout.session") if session["payment_status"] != "unpaid"]
    session, setup = [next(session["id"] for session in done if session["mode"] == mode) for mode in ("payment", "setup")]
    link = {"account": account, "type": "account_onboarding", "refresh_url": "http://127.0.0.1/", "return_url": "http://127.0.0.1/"}
    expand = [("expand[]", part) for part in ("line_items", "payment_intent.latest_charge.balance_transaction", "customer")]
    others = [
        ("account_link", "AccountLink", oracle.call("POST", "account_links", link)),
        ("login_link", "LoginLink", oracle.call("POST", f"accounts/{account}/login_links")),
        ("balance", "Balance", oracle.call("GET", "balance")),
        ("capability", "Capability", oracle.call("GET", f"accounts/{account}/capabilities/transfers")),
        ("list_of_events", "ApiList<Stripe.Event>", oracle.call("GET", "events", {"limit": 2})),
        ("list_of_lines", "ApiList<Stripe.LineItem>", oracle.call("GET", f"checkout/sessions/{session}/line_items")),
        ("list_of_no_lines", "ApiList<Stripe.LineItem>", oracle.call("GET", f"checkout/sessions/{setup}/line_items")),
        ("expanded_session", "Checkout.Session", oracle.call("GET", f"checkout/sessions/{session}", expand)),
        ("deleted_customer", "DeletedCustomer", oracle.call("DELETE", f"customers/{oracle.call('POST', 'customers')['id']}")),
    ]
    return [*found.values(), *others]
