package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func walk(v any, depth int, out *[]string) {
	pad := strings.Repeat(" ", depth)
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			*out = append(*out, pad+k+":")
			walk(v[k], depth+1, out)
		}
	case []any:
		for i, e := range v {
			*out = append(*out, fmt.Sprint(pad, "#", i))
			walk(e, depth+1, out)
		}
	case float64, bool, string:
		*out = append(*out, fmt.Sprintf("%s%v (%T)", pad, v, v))
	case nil:
		*out = append(*out, pad+"null")
	}
}

func main() {
	var v any
	err := json.Unmarshal([]byte(`{"b":[1,"x",null,{"c":true}],"a":2.5}`), &v)
	var out []string
	walk(v, 0, &out)
	fmt.Println(strings.Join(out, "\n"), err)
}
