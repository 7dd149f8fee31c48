package main

import (
	"fmt"
	"time"
)

type span struct{ from, to time.Time }

func (s span) days() int                       { return int(s.to.Sub(s.from).Hours() / 24) }
func (s span) overlaps(o span) bool            { return s.from.Before(o.to) && o.from.Before(s.to) }
func d(y int, m time.Month, day int) time.Time { return time.Date(y, m, day, 0, 0, 0, 0, time.UTC) }

func main() {
	a, b := span{d(2024, 2, 1), d(2024, 3, 1)}, span{d(2024, 2, 28), d(2024, 4, 1)}
	fmt.Println(a.days(), b.days(), a.overlaps(b), a.overlaps(span{a.to, b.to}))
	t, err := time.Parse("2006-01-02 15:04 MST", "2023-07-04 09:30 UTC")
	fmt.Println(t, err, t.Add(36*time.Hour).Format(time.ANSIC), t.Truncate(time.Hour).Minute())
	_, err = time.Parse(time.DateOnly, "2023-13-01")
	fmt.Println(err)
	y, w := t.ISOWeek()
	fmt.Println(y, w, t.Weekday() == time.Tuesday, t.Unix(), d(2024, 12, 31).YearDay(), d(2023, 2, 29).Format("Jan _2"))
	loc := time.FixedZone("X", -3*3600)
	fmt.Println(t.In(loc).Format(time.RFC3339), t.Equal(t.In(loc)), time.Duration(1500)*time.Millisecond, (90 * time.Minute).Hours())
}
