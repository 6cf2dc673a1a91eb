"""What schemathesis asks goes through here: half of its ids become ones that are there, and everybody asks as somebody."""

import atexit
import json
import os
import random

import schemathesis

SETTLED = json.load(open(os.environ["FUZZ_SETTLED"], encoding="utf-8"))
ROLE = SETTLED["roles"][os.environ["FUZZ_ROLE"]]
COUNTED = os.environ["FUZZ_COUNTED"]
CHANCE = random.Random(20261122)
asked = 0


def one(name):
    """Something that is there, of some job."""
    found = [known for job in SETTLED["jobs"] for known in (job.get(name) or [])]
    return CHANCE.choice(found)


def known(path):
    """An id for a path, of what stands before it."""
    if "/jobs/{id}" in path or "/tasks/{id}" in path:
        return CHANCE.choice(SETTLED["jobs"])["job"]
    if "/disputes/{id}" in path:
        return CHANCE.choice([job["dispute"] for job in SETTLED["jobs"] if "dispute" in job])
    return None


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    if case.path_parameters and "id" in case.path_parameters and CHANCE.random() < 0.8:
        case.path_parameters["id"] = known(path) or case.path_parameters["id"]
    query = case.query if isinstance(case.query, dict) else None
    if path in ("/api/agent/events", "/api/feed/stream"):
        # A stream without an end is for the tests that listen.
        case.query = {**(query or {}), "follow": "false"}
    elif query and "file" in query and CHANCE.random() < 0.8:
        query["file"] = one("files")
    if isinstance(case.body, dict) and "applicationId" in case.body and CHANCE.random() < 0.8:
        case.body["applicationId"] = one("applications")
    if isinstance(case.body, dict) and "bot_id" in case.body and CHANCE.random() < 0.8:
        case.body["bot_id"] = one("agents")
    case.headers = dict(case.headers or {})
    for name in list(case.headers):
        if name.lower() in ("x-api-key", "authorization"):
            del case.headers[name]
    in_person = case.operation.definition.raw.get("security") == [{"access_token": []}]
    if in_person:
        case.headers["Authorization"] = f"Bearer {ROLE['token']}"
    else:
        case.headers["X-API-Key"] = ROLE["key"]


@schemathesis.hook
def after_call(context, case, response):
    global asked
    asked += 1


@atexit.register
def tell():
    with open(COUNTED, "w", encoding="utf-8") as file:
        file.write(str(asked))
