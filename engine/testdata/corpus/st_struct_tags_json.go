package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
)

type opts struct {
	Name  string `json:"name"`
	Level *int   `json:"level,omitempty"`
	inner
	Extra map[string]json.Number `json:",omitempty"`
	when  time.Time
	Raw   []byte
	F     float64 `json:"f,string"`
}
type inner struct {
	ID     int `json:"id"`
	secret string
}
type wrapper struct {
	*opts
	Tags []string `json:"tags"`
}

func (o opts) MarshalText2() string { return o.Name }

func main() {
	n := 3
	o := opts{Name: "x", Level: &n, inner: inner{7, "s"}, Raw: []byte("hi"), F: 1.5}
	b, err := json.Marshal(wrapper{&o, nil})
	fmt.Println(string(b), err)
	w := wrapper{opts: &opts{}}
	err = json.Unmarshal([]byte(`{"name":"q","id":9,"tags":["a"],"Extra":{"k":1.50},"f":"2.25","secret":"z"}`), &w)
	fmt.Println(err, w.Name, w.ID, w.Tags, w.Extra["k"], w.F, w.secret == "", w.when.IsZero())
	dec := json.NewDecoder(strings.NewReader(`{"nope":1}`))
	dec.DisallowUnknownFields()
	fmt.Println(dec.Decode(&w))
	fmt.Println(reflect.TypeOf(o).Field(0).Tag.Get("json"))
}
