// Package parallel is what loops rewritten by engine/loops call when they run.
// Such a loop begins a [Job], registers the memory it writes, gives it three
// functions (Reset before a run, Body for a chunk of items, Fold after a run),
// and runs it:
//
//	gbz_job := parallel.Begin("cell 3, line 2")
//	gbz_job.Write("out", &out, "i+0")
//	gbz_job.Body = func(w *vectorizer.Worker, lo, hi int) { … }
//	gbz_job.Fold = func() { … }
//	gbz_job.Run(len(items))
//
// How it runs (workers, chunk, timeout, comparison, …) is the engine's
// business: it provides [Settings] by key with [Provide] and gets the report
// back through Settings.Report. Without a provider a job runs on every core.
//
// A job is all or nothing: when an item fails, what the loop fills is as it
// was before.
package parallel
