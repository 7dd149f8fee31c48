# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help build demo test bench install lint

BIN := bin/goblaze

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

build: ## the command, as bin/goblaze
	go build -o $(BIN) .

demo: build ## run the tutorial, with no Jupyter, and name the page it wrote
	$(BIN) run notebooks/01-vectorize.ipynb -o notebooks/01-vectorize.out.ipynb --html notebooks/01-vectorize.html
	@echo
	@echo "The page with its charts: file://$(CURDIR)/notebooks/01-vectorize.html"

test: ## install what the tests need when it is missing, and run them all
	tests/setup.sh
	go vet ./...
	tests/run.sh

bench: build ## measure, side by side with what there is to compare with
	tests/bench.sh

install: build ## the kernelspec, for the user (OPTS="--sys-prefix" etc. for elsewhere)
	$(BIN) install $(OPTS)

lint: ## formatting, vet and staticcheck
	@bad=$$(git ls-files '*.go' | grep -v testdata/ | xargs gofmt -l); test -z "$$bad" || { echo "run gofmt -w on these: $$bad"; exit 1; }
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
