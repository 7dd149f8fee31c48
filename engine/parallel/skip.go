package parallel

// Skip says that the item whose own index is k does nothing.
func (j *Job) Skip(k int) { j.skip = &k }

// withoutSkipped leaves out what the item that does nothing would touch.
func (j *Job) withoutSkipped(spans []span, n int) []span {
	if j.skip == nil {
		return spans
	}
	for i := range n {
		if j.own.at(i) != *j.skip {
			continue
		}
		var rest []span
		for _, s := range spans {
			rest = append(rest, s.without(i)...)
		}
		spans = rest
	}
	return spans
}

// without gives what is left of a span without an item's place.
func (s span) without(item int) []span {
	switch {
	case s.item < 0 || s.column != "":
		return []span{s}
	case s.count <= 1 && s.item == item:
		return nil
	case s.count <= 1:
		return []span{s}
	}
	at := item - s.item // the place in the row
	if s.back {
		at = -at
	}
	if at < 0 || at >= s.count {
		return []span{s}
	}
	before, after := s, s
	before.count = at
	after.count = s.count - at - 1
	after.lo += uintptr(at+1) * s.stride
	if after.item = item + 1; s.back {
		after.item = item - 1
	}
	var out []span
	if before.count > 0 {
		out = append(out, before)
	}
	if after.count > 0 {
		out = append(out, after)
	}
	return out
}
