# Fivefold's commands. Go, Node and make are all that `make dev` needs.

# An exact version: a new linter finds new things, in a change of its own.
GOLANGCI := v2.15.0

GO         ?= go
lint       := .cache/bin/golangci-lint-$(GOLANGCI)
results    := .cache/results
sources    := git ls-files --cached --others --exclude-standard
playwright := node web/node_modules/@playwright/test/cli.js test -c web/e2e/playwright.config.mjs

# The race detector needs a C compiler.
RACE ?= $(shell command -v $${CC:-gcc} >/dev/null 2>&1 && echo -race)

.DEFAULT_GOAL := help
.PHONY: help dev build client test test-go test-browser e2e shots weigh bench vet lint generate check-generated clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

dev: client-fast build ## play and design on this machine; state is kept in .data/
	bin/fivefold dev --watch $(ARGS)

build: ## the binary, bin/fivefold, with the pages that are built
	$(GO) build -o bin/fivefold ./server/cmd/fivefold

client: ## the game and its pages, compressed as far as it goes
	node web/build.mjs

.PHONY: art
art: ## all pictures on one sheet, to be looked at; ARGS=moon
	@node web/build/contact.mjs $(ARGS)

.PHONY: client-fast
client-fast:
	@node web/build.mjs --fast

test: ## everything: Go with the race detector, real servers, the browser
	@.ci/install
	@$(MAKE) --no-print-directory client-fast build vet
	@rm -rf $(results) && mkdir -p $(results)
	@$(GO) build -o bin/ ./server/testenv/cmd/...
	@[ -n "$(RACE)" ] || echo "skipped: the race detector; it needs a C compiler: install gcc"
	@[ -n "$(RACE)" ] || [ "$$FIVEFOLD_REQUIRE_ALL" != 1 ]
	@bin/testservers $(MAKE) --no-print-directory --keep-going test-go test-browser || failed=1; \
	echo; bin/testreport $(results)/*.json && [ -z "$$failed" ]

# These two run under testservers and after what they need is built. The command's tests mostly wait, for
# windows to open and close: they begin first, so that all others run beside them.
test-go:
	@$(GO) test $(RACE) -timeout 15m -json $(or $(PACKAGES),./server/cmd/fivefold ./...) | bin/testreport -save $(results)/go.json

test-browser:
	@if [ -d web/node_modules/@playwright ] && [ -x "$${FIVEFOLD_CHROMIUM:-/usr/bin/chromium}" ]; then \
		FIVEFOLD_E2E_REPORT=$(CURDIR)/$(results)/browser.json $(playwright) $(ARGS); \
	else \
		echo '{"skipped": 1, "skips": {"the browser tests; they need Chromium and npm packages: run .ci/install": 1}}' \
			>$(results)/browser.json; \
	fi

e2e: client-fast build ## the browser tests alone; ARGS="--project embedded -g redeem"
	@.ci/install
	@mkdir -p $(results) && $(GO) build -o bin/ ./server/testenv/cmd/...
	@bin/testservers $(MAKE) --no-print-directory test-browser

weigh: client build ## how the game comes to a slow phone, and what a frame costs
	@.ci/install
	node web/e2e/weigh.mjs $(ARGS)

shots: client-fast build ## pictures of every screen, in both languages and three sizes, into .cache/shots
	@.ci/install
	@rm -rf .cache/shots && $(GO) build -o bin/ ./server/testenv/cmd/...
	@FIVEFOLD_SHOTS=$(CURDIR)/.cache/shots bin/testservers $(playwright) --project=embedded screens.spec

# Its data is on a disk, where a commit costs what it costs. wrk is optional.
bench: ## measure beside the usual ways; ARGS="-only a,d", ARGS=-list
	@.ci/install wrk
	@mkdir -p .cache/bench
	@$(GO) build -o .cache/bench/ ./server/bench ./server/cmd/fivefold ./server/testenv/cmd/testservers
	@FIVEFOLD_TEST_DIR=$${FIVEFOLD_TEST_DIR:-/var/tmp} \
		.cache/bench/testservers .cache/bench/bench -server .cache/bench/fivefold $(ARGS)

vet: ## go vet, for this machine and for the browser
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./client/...

lint: $(lint) ## formatting, vet, golangci-lint
	@unformatted=$$(gofmt -l $$($(sources) '*.go' | grep -v '^ent/db/')); \
	[ -z "$$unformatted" ] || { echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; }
	$(lint) run ./...
	GOOS=js GOARCH=wasm $(lint) run ./client/...

$(lint):
	@mkdir -p .cache/bin/new
	GOBIN=$(CURDIR)/.cache/bin/new $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	@mv .cache/bin/new/golangci-lint $@

generate: ## Ent's code from ent/schema
	$(GO) generate ./ent/...

check-generated: generate ## fail if the committed generated code is not what generate makes
	@changed=$$(git status --porcelain -- ent/db ent/migrations); \
	[ -z "$$changed" ] || { echo "generated code is not as committed; run make generate and commit:"; echo "$$changed"; exit 1; }

clean: ## remove what was built; .data/ stays
	rm -rf bin .cache web/e2e/results web/e2e/report
	find web/dist -mindepth 1 ! -name .gitkeep -delete
