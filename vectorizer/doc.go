// Package vectorizer runs a function over many items on several workers, and
// gives the results in the order of the items.
//
// Start with Map:
//
//	tokens, err := vectorizer.Map(ctx, texts, tokenize)
//	// tokens[i] == tokenize(texts[i]), on every core
//
// MapErr takes functions that can fail, MapInit gives each worker state of its
// own, ForEach has no results, New keeps a function together with its options,
// and Stream maps sequences that do not fit into memory. Range is what they
// are made of: a loop over [0, n) whose chunks are spread over the workers.
//
// A failing item is an *ItemError that names the item, whether it returned an
// error, panicked or called runtime.Goexit. The context given ends a run early.
// What a run measured is a Report (WithReport, ProcessReport): how busy each
// worker was, a timeline, the longest items, and a verdict in words. Compare
// puts runs side by side, with speedup, efficiency and the serial fraction.
//
// The package needs nothing but the standard library.
package vectorizer
