/*
Package comment with odd places.
*/
package main // trailing

import (
	// a comment
	"fmt" // fmt
	/* inline */ "strings"
)

// Doc of T.
type T struct { // open
	a int // field a
	/* before b */ b string /* after b */
	// a dangling comment
} // close

/* block doc */
const k = /* value */ 3 // k

var raw = `line1
/*line fake:1:1*/ // not a comment
	"quoted" \n` + "//" + `/*`

func /* name */ f( /* no args */ ) /* result */ int /* body */ { // open
	return /* ret */ 1 +
		// mid expression
		2 /* end */
}

func (t /* recv */ *T) m( // params
	x int, // x
	y ...string, /* y */
) (n int /* named */, s string) {
	return x /* a */ + t.a, strings.Join(y, "/*not*/")
}

func main() { // first
	/* leading */ t := &T{ /* lit */ a: 1, b: "x" /* no comma */}
	n, s := t.m(1 /* spread */, "p", "q") // trailing
	fmt.Println(n, s /* mid */, f(), k, t.b)
	fmt.Println(raw)
	fmt.Println(len(raw)) // two on a line
	if /* cond */ x := f(); x > 1 /* brace */ { /* in */
	} else /* e */ if x == 0 {
	} else { // else
	}
	for /* for */ i := 0; /* c */ i < 2; /* p */ i++ {
		fmt.Print(i, "/* str */ ")
	} // end
	fmt.Println(';', '"', '\'', "\"", "`")

	// last comment
}

// after main
