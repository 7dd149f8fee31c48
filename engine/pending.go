package engine

import (
	"go/ast"
	"go/types"

	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
)

// While a build is under way, a statement cell that calls what is being built
// would wait for it. Where all of that are simple functions, the cell is
// interpreted with them at once: functions on the planner's list without loops
// and without recursion, so that no call can take longer than the build, and
// without what may panic, since interpreted calls are no frames of a panic's
// stack. What they do is the same in both, and variables are shared; timings
// wait for the build (ExecTimed, NewTimer, Vectorize).

// simplePending returns the functions that a cell uses and that are still being
// built, nil when there are none or when the cell needs more of what is built.
func (s *Session) simplePending(p *prepared) map[types.Object]bool {
	found := map[types.Object]bool{}
	uses := map[types.Object]bool{}
	for _, o := range p.check.Info.Uses {
		if fn, ok := o.(*types.Func); ok && (fn.FullName() == "time.Now" || fn.FullName() == "time.Since") {
			return nil // the cell takes a time itself
		}
		uses[o] = true
	}
	if !s.gatherPending(uses, found, nil) || len(found) == 0 {
		return nil
	}
	return found
}

// maxPending is how many functions a cell interprets at most instead of waiting
// for their build: each costs the interpreter some milliseconds, and more the
// larger the cell is that declares it.
const maxPending = 32

// gatherPending adds the functions among uses that are being built, with those
// they call; false: something else of what is being built is used.
func (s *Session) gatherPending(uses, found map[types.Object]bool, calling []types.Object) bool {
	for o := range uses {
		u := s.units[s.homes[o]]
		if u == nil || s.builder.built(u) {
			continue
		}
		for _, c := range calling {
			if c == o {
				return false // recursion
			}
		}
		if _, ok := o.(*types.Const); ok {
			continue
		}
		fn, ok := o.(*types.Func)
		if !ok || fn.Signature().Recv() != nil || fn.Signature().TypeParams().Len() > 0 {
			return false
		}
		d := s.decls.byName[fn.Name()]
		if d == nil || d.node == nil || len(d.objs) != 1 || d.objs[0] != o || hasLoop(d.node) || interp.MayPanic(d.check, d.node) {
			return false
		}
		if len(found) == maxPending || !s.gatherPending(usesOf(d.check, d.node), found, append(calling, o)) {
			return false
		}
		found[o] = true
		s.pending = found // the functions that it calls are interpreted too
		if cellplan.DecideFunc(d.check, d.node, s.planOptions()) != nil {
			return false
		}
	}
	return true
}

// hasLoop reports whether a function may run for long.
func hasLoop(fd *ast.FuncDecl) bool {
	loop := fd.Body == nil
	ast.Inspect(fd, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			loop = true
		case *ast.BranchStmt:
			loop = loop || n.Label != nil
		}
		return !loop
	})
	return loop
}
