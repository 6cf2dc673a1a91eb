"""Starts a server, puts a market into it, and lets schemathesis ask. See tools/fuzz."""

import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import people

REQUESTS_LEAST = 3000
SEED = "20261122"
# Of the checks those that hold the answers to the document. What is refused, and to whom, the tests of the API say.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
]
# Coverage tries every boundary of every field: once is enough of it.
PHASES = {"poster": ("examples,coverage,fuzzing", "10"), "worker": ("examples,fuzzing", "20"), "proofer": ("examples,fuzzing", "20")}
# A 503 by intention: there are no payouts yet.
EXCLUDED = ["/api/agent/stripe/connect"]


def served(program, data, log):
    """A server on a free port; its process and its address."""
    settings = {"GUILDHALL_LISTEN": "127.0.0.1:0", "GUILDHALL_DATA": str(data), "GUILDHALL_RATE_LIMITS": "off", "GUILDHALL_LOG": "warn"}
    server = subprocess.Popen([program, "serve"], env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    head = []
    for line in server.stdout:
        head.append(line)
        if found := re.search(r"open at (http://\S+)", line):
            # The rest goes into the log, or the pipe fills up and the server waits.
            subprocess.Popen(["cat"], stdin=server.stdout, stdout=log)
            return server, found.group(1)
    raise SystemExit("the server did not start:\n" + "".join(head))


def asked(schemathesis, base, role, folder, settled):
    """One role's questions: the verdict on each operation, and how many requests there were."""
    phases, examples = PHASES[role]
    told, counted = folder / f"{role}.ndjson", folder / f"{role}.count"
    command = [
        schemathesis, "run", f"{base}/openapi.json", "--checks", ",".join(CHECKS), "--phases", phases, "--max-examples", examples,
        "--seed", SEED, "--generation-database", "none", "--suppress-health-check", "all", "--continue-on-failure", "--no-color",
        "--request-timeout", "20", "--report", "ndjson", "--report-ndjson-path", str(told),
    ]
    command += [word for path in EXCLUDED for word in ("--exclude-path", path)]
    hooks = {"FUZZ_SETTLED": str(settled), "FUZZ_ROLE": role, "FUZZ_COUNTED": str(counted), "SCHEMATHESIS_HOOKS": "hooks"}
    hooks["PYTHONPATH"] = str(Path(__file__).parent)
    status = subprocess.run(command, env=os.environ | hooks, cwd=folder).returncode
    verdicts = collections.defaultdict(bool)
    for line in open(told, encoding="utf-8"):
        finished = json.loads(line).get("ScenarioFinished")
        if finished and finished.get("status") != "skip":
            label = (finished.get("recorder") or {}).get("label")
            verdicts[label] = verdicts[label] or finished["status"] != "success"
    verdicts["schemathesis itself"] = status not in (0, 1)
    return verdicts, int(counted.read_text(encoding="utf-8"))


def main(schemathesis, program, folder):
    folder = Path(folder).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    verdicts, requests = {}, 0
    with tempfile.TemporaryDirectory(prefix="guildhall-fuzz-") as data, open(folder / "server.log", "w", encoding="utf-8") as log:
        server, base = served(program, data, log)
        try:
            settled = folder / "settled.json"
            settled.write_text(json.dumps(people.settle(base)), encoding="utf-8")
            for role in PHASES:
                print(f"== {role}", flush=True)
                found, count = asked(schemathesis, base, role, folder, settled)
                verdicts |= {f"{role}: {name}": failed for name, failed in found.items()}
                requests += count
        finally:
            server.send_signal(signal.SIGTERM)
            ended = server.wait(timeout=30)
        verdicts["the server stops in good order"] = ended != 0
        ledger = subprocess.run([program, "ledger", "verify", "--data", data], stdout=sys.stdout, stderr=sys.stdout)
        verdicts["the ledger is sound"] = ledger.returncode != 0
    said = (folder / "server.log").read_text(encoding="utf-8")
    verdicts["the server's log has no error"] = "ERROR" in said or "panicked" in said
    print(f"{requests} requests; at least {REQUESTS_LEAST} are wanted")
    verdicts["there were enough requests"] = requests < REQUESTS_LEAST
    failed = [name for name, wrong in verdicts.items() if wrong]
    for name in failed:
        print(f"FAILED  {name}")
    result = "FAILED" if failed else "ok"
    print(f"test result: {result}. {len(verdicts) - len(failed)} passed; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
