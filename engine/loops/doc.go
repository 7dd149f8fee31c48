// Package loops turns a sequential Go loop into one that runs on several
// workers with the same result, or says why it can't. Start with [Loop] (the
// loop of a %%vectorize cell or under a //goblaze:vectorize line) and [Line]
// (the line form, FUNC over ITEMS).
//
// Both read a type-checked loop and answer with a [Plan]: Go statements that
// stand in the loop's place, built on engine/parallel. Nothing runs here. The
// analysis asks, for all memory the loop reads and writes, in its body and in
// every function of the session it calls, whose it is: made in the iteration,
// the item's own (x[i] and what hangs on it), or shared. Shared memory may be
// read; written only in the ways whose result can be put together in the order
// of the items (see outer.go). What can't be shown to be right is refused by
// name.
package loops
