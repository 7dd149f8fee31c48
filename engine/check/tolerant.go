package check

// Tolerant checks a cell and returns what could be typed in spite of errors:
// completion works on unfinished cells. The unit is nil only when the cell
// does not parse.
func Tolerant(req Request) (*Unit, error) {
	u, errs, missing := checkOnce(&req, !hasKind(req.Chunks, Stmt), nil)
	if u != nil && len(missing) > 0 {
		if again, errs2, _ := checkOnce(&req, !hasKind(req.Chunks, Stmt), missing); again != nil {
			u, errs = again, errs2
		}
	}
	if len(errs) > 0 {
		return u, errs
	}
	return u, nil
}
