// This file lets label.go declare functions without a body (go:linkname).
