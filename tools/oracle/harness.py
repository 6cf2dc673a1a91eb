"""The parts that all oracles share: a program under check that is started and stopped, and a result that tools/test counts."""

import os
import subprocess
import sys
import threading
import traceback

PATIENCE = 30


class Server:
    """A program that prints its address once it listens. Its settings come from the command line alone."""

    def __init__(self, line, before=""):
        """Starts the program, and waits for the address that stands after the text `before`."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GUILDHALL_")}
        self.process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        self.url = next((text.split(before)[1] if before else text).strip() for text in self.process.stdout if before in text)
        # Lines that nobody reads would fill the pipe, and the program would wait.
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Checks:
    """The checks so far. Each prints one line."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def check(self, name, act):
        """Runs one check and prints its line."""
        try:
            act()
            self.passed += 1
            print(f"ok    {name}", flush=True)
        except Exception as error:
            self.failed += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)
            traceback.print_exc(file=sys.stderr)

    def close(self):
        """Prints a closing line like cargo's, and ends the program."""
        word = "FAILED" if self.failed else "ok"
        print(f"test result: {word}. {self.passed} passed; {self.failed} failed; 0 ignored")
        sys.exit(1 if self.failed else 0)
