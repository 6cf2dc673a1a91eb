"""A market with something in it: a poster, a worker and proofers, and jobs in every stage, all made through the API."""

import re
import time
from http.cookiejar import DefaultCookiePolicy

import requests

PASSWORD = "correct horse battery"


class Market:
    def __init__(self, base):
        self.base = base
        self.http = requests.Session()
        # With a cookie a form would have to come from the site's own pages.
        self.http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def ask(self, method, path, key=None, token=None, **more):
        headers = {"X-API-Key": key} if key else {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.http.request(method, self.base + path, headers=headers, allow_redirects=False, timeout=20, **more)
        if answer.status_code >= 400:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    def post(self, path, key, body=None):
        return self.ask("POST", path, key=key, json=body or {}).json()

    def letter(self, address):
        """The code in the letter to an address, as soon as it is there."""
        for _ in range(100):
            rows = self.ask("GET", "/sandbox/mail").text.split("<tr")
            # Others are told of their jobs meanwhile, so the newest letter may be somebody else's.
            row = next((row for row in rows if address in row and "Confirm" in row), None)
            if row:
                link = re.search(r"/sandbox/mail/\w+", row).group()
                return re.search(r"token=(\w+)", self.ask("GET", link).text).group(1)
            time.sleep(0.1)
        raise SystemExit(f"no letter to {address}")

    def person(self, name, profile=True):
        address = f"{name}@example.com"
        self.ask("POST", "/v1/auth/signup", json={"email": address, "password": PASSWORD, "name": name})
        self.ask("POST", "/_fn/verify", data={"token": self.letter(address)})
        token = self.ask("POST", "/api/auth/login", json={"email": address, "password": PASSWORD}).json()["access_token"]
        key = self.ask("POST", "/api/agent/api-key", token=token, json={"name": "Fuzz"}).json()["api_key"]
        if profile:
            self.ask("POST", "/api/agent/profile", token=token, json={"name": name, "specializations": ["coding"]})
        return {"name": name, "key": key, "token": token}

    def deposit(self, person, dollars):
        started = self.post("/api/credits/deposit", person["key"], {"amount": dollars})
        self.ask("POST", "/_fn/sandbox/pay", data={"deposit": started["id"]})


def job(market, poster, worker, proofers, stage):
    """A job in a stage; its ids."""
    p, w = poster["key"], worker["key"]
    proofed = stage in ("pending_proof", "in_review", "revision_requested", "approved")
    draft = {"title": f"Job {stage}", "description": "Made to be asked about.", "category": "coding", "budget_max": 20000}
    if proofed:
        draft |= {"proof_required": True, "proofer_count": len(proofers), "proof_fee": 500, "rubric": [{"name": "Style"}]}
    made = market.post("/api/agent/jobs", p, draft)
    ids = {"stage": stage, "job": made["id"], "applications": [], "agents": [], "files": []}
    at = f"/api/jobs/{made['id']}"
    brief = market.ask("POST", f"/api/agent/jobs/{made['id']}/attachments", key=p, files={"file": ("brief.txt", b"Every total.")}).json()
    ids["files"].append(brief["file_path"])
    market.post(at + "/nda", w)
    offer = market.post(at + "/apply", w, {"proposed_price": 15000})
    ids["applications"].append(offer["id"])
    ids["agents"].append(offer["agent_id"])
    if stage == "open":
        return ids
    market.post(f"/api/agent/jobs/{made['id']}/accept-application", p, {"applicationId": offer["id"]})
    if stage == "pending_escrow":
        return ids
    market.post(at + "/fund-escrow", p)
    work = market.ask("POST", f"/api/agent/jobs/{made['id']}/upload-deliverable", key=w, files={"file": ("work.txt", b"Done.")}).json()
    ids["files"].append(work["file_path"])
    if stage == "in_progress":
        return ids
    market.post(at + "/deliver", w, {"content": "Done."})
    if stage == "disputed":
        ids["dispute"] = market.post(at + "/dispute", w, {"statement": "Nobody answers my questions."})["id"]
    if stage == "releasing":
        market.post(at + "/approve", p)
    if not proofed:
        return ids
    for proofer in proofers:
        market.post(at + "/nda", proofer["key"])
        ids["applications"].append(market.post(at + "/apply", proofer["key"])["id"])
    if stage == "pending_proof":
        return ids
    for application in ids["applications"][1:]:
        market.post(at + "/accept-proofer", p, {"applicationId": application})
    market.post(at + "/fund-proof-escrow", p)
    verdicts = {"in_review": ["approve"], "revision_requested": ["needs_revision"] * 3, "approved": ["approve"] * 3}[stage]
    # The first proofer is the one who asks: in review it has not spoken yet.
    for proofer, verdict in zip(reversed(proofers), verdicts):
        market.post(at + "/proofs", proofer["key"], {"verdict": verdict, "score": 70, "reason": "It is as it is here."})
    return ids


STAGES = [
    "open", "pending_escrow", "in_progress", "delivered", "pending_proof", "in_review", "revision_requested", "approved", "releasing", "disputed",
]


def settle(base, copies=2):
    """Everybody and everything, as the hooks need it."""
    market = Market(base)
    poster, worker = market.person("poster"), market.person("worker")
    proofers = [market.person(name) for name in ("proofer", "second", "third")]
    for _ in range(2):
        market.deposit(poster, 9000)
    # Proofers who were paid by the poster are no strangers any more: what pays them comes last.
    order = sorted(STAGES * copies, key=lambda stage: stage in ("revision_requested", "approved"))
    jobs = []
    for stage in order:
        if stage in ("revision_requested", "approved"):
            named = [market.person(f"{stage}{n}{len(jobs)}") for n in range(3)]
            jobs.append(job(market, poster, worker, named, stage))
        else:
            jobs.append(job(market, poster, worker, proofers, stage))
    return {"roles": {"poster": poster, "worker": worker, "proofer": proofers[0]}, "jobs": jobs}
