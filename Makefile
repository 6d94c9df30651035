# Everything is started from here. The work is done by Maven, npm and the scripts in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help config build run test check bench kill races format clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

config: ## Fetch what the build and the tests need; the other targets do it by themselves too
	@echo "JDK 25: $$(scripts/find-java)"
	@scripts/npm web install
	@scripts/npm conformance install
	@echo "Chromium: $$(scripts/find-chromium)"
	@echo "WebKit: $$(scripts/find-webkit)"
	@scripts/mvn -q test-compile
	@scripts/build-trixnity

build: ## Build the staff app and the server, each unless nothing has changed
	@scripts/build-web
	@scripts/build-server

run: build ## Start everything; data is kept in .lanyard, or where LANYARD_DATA says
	@exec scripts/lanyard

test: ## Run all tests: server, staff app, the stories in a browser, conformance
	@rm -rf server/target/answers
	@scripts/mvn package
	@scripts/answers-checked
	@scripts/unchanged --write server/target/.built server/pom.xml server/src/main
	@scripts/npm web test
	@scripts/build-web
	@scripts/build-server
	@CHROMIUM="$$(scripts/find-chromium)" scripts/npm web e2e
	@scripts/build-trixnity
	@CHROMIUM="$$(scripts/find-chromium)" scripts/npm conformance test

check: ## Do all that CI does: format, warnings, walls, documents, tests
	@scripts/mvn -q spotless:check
	@scripts/npm web format:check
	@scripts/npm web lint
	@scripts/npm conformance format:check
	@scripts/npm conformance lint
	@$(MAKE) --no-print-directory test

bench: build ## Measure, and print one table
	@scripts/npm conformance bench

kill: build ## Kill the server and its database a hundred times under load, and check what clients were told
	@KILLS=100 DATABASE_KILLS=30 SESSION_KILLS=100 CRASH_ROUNDS=4 scripts/npm conformance kill

races: ## A thousand rounds of what comes together with a revoked device, a refresh, a new password, a hold, an approval
	@scripts/mvn -q test -Dtest='RevocationRacesTest,RefreshRacesTest' -Dlanyard.rounds=1000 -DfailIfNoSpecifiedTests=false
	@scripts/mvn -q test -Dtest='DisposalAbuseTest,RetentionTest,FileRacesTest,CaseDisposalTest,ApprovalRacesTest' \
		-Dlanyard.race-rounds=1000 -DfailIfNoSpecifiedTests=false

format: ## Put every file into the one format
	@scripts/mvn -q spotless:apply
	@scripts/npm web format
	@scripts/npm conformance format

clean: ## Forget what was built, never data
	@rm -rf server/target conformance/trixnity/target web/dist web/node_modules/.built
