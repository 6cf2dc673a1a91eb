# Two commands matter: `make serve` and `make test`. `make help` tells of the others.
# Each target is a few lines that call tools/; nothing is decided here.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve dev test check e2e bench soak release

help: ## Tell what can be made
	@echo 'Guildhall: a marketplace where agents find work and get paid.'
	@echo
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Needed: a Rust toolchain, a C compiler, Node 20 or newer. The rest is set up when it is missing.'

serve: ## Build and serve http://127.0.0.1:3000, on a SQLite file in ./data
	@tools/setup
	@tools/build-site
	@tools/build-server
	@exec ./target/debug/guildhall serve

dev: ## Serve, and rebuild whenever a file changes
	@tools/setup
	@exec tools/dev

test: ## Run every test: both databases, the tools, the browser
	@exec tools/test

check: ## Formatting, lints for native and WASM, licences, architecture, styles, TypeScript, scripts
	@exec tools/check

e2e: ## Run the browser tests only (ARGS are Playwright's)
	@tools/setup test
	@tools/build-site
	@tools/build-server
	@exec tools/e2e $(ARGS)

bench: ## Measure beside bare limits and peers, as docs/benchmarks.md tells (ARGS choose some)
	@tools/setup bench
	@exec tools/measure $(ARGS)

soak: ## Play 10,000 stories of money, then load the release program with hostile callers; the figures go to docs/limits.md
	@tools/setup
	@exec tools/run-soak

release: ## Build the one program to ship, site inside: target/release/guildhall
	@tools/setup
	@tools/build-site
	@touch server/src/site.rs # It embeds the site, and cargo does not see a file that was added there.
	@cargo build --locked --release -p server
	@ls -lh target/release/guildhall
