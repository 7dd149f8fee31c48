package magics

import (
	"github.com/goblaze/goblaze/charts"
	"github.com/goblaze/goblaze/vectorizer"
)

// report shows what was measured, with charts.
func (c *call) report(r *vectorizer.Report, selfContained bool) error {
	o := c.Charts
	o.SelfContained = o.SelfContained || selfContained
	b, err := charts.Report(r, o)
	if err != nil {
		return err
	}
	c.out.Display(b)
	return nil
}
