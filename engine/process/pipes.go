package process

import "os"

// pipe is one direction between the kernel and an engine.
type pipe struct{ r, w *os.File }

// pipes are all of them; the engine has the read end of requests and the
// write ends of the others.
type pipes struct {
	requests, replies, crash, stdout, stderr pipe
}

func newPipes() (*pipes, error) {
	p := &pipes{}
	for _, x := range []*pipe{&p.requests, &p.replies, &p.crash, &p.stdout, &p.stderr} {
		var err error
		if x.r, x.w, err = os.Pipe(); err != nil {
			p.close()
			return nil, err
		}
	}
	return p, nil
}

// closeChildEnds closes what only the engine may hold, so that its end is the
// end of the pipes.
func (p *pipes) closeChildEnds() {
	for _, f := range []*os.File{p.requests.r, p.replies.w, p.crash.w, p.stdout.w, p.stderr.w} {
		f.Close()
	}
}

// close closes every end; closing twice does no harm.
func (p *pipes) close() {
	for _, x := range []pipe{p.requests, p.replies, p.crash, p.stdout, p.stderr} {
		if x.r != nil {
			x.r.Close()
			x.w.Close()
		}
	}
}
