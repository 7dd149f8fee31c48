package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type address struct {
	Street string `json:"street"`
	Zip    string `json:"zip,omitempty"`
	hidden int
}

type person struct {
	Name    string         `json:"name"`
	Age     int            `json:"age"`
	Emails  []string       `json:"emails"`
	Addr    *address       `json:"addr,omitempty"`
	Meta    map[string]any `json:"meta"`
	private string
	Skip    string `json:"-"`
	address
}

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", l)), nil }
func (l *level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "L%d", (*int)(l))
	return err
}

type event struct {
	Lvl  level
	Tags map[level]string
	Raw  json.RawMessage
}

func main() {
	p := person{Name: "Ann", Age: 30, Emails: []string{"a@x"}, Addr: &address{"Main", "", 9}, private: "p", Skip: "s", address: address{Street: "emb"}}
	b, err := json.Marshal(p)
	fmt.Println(string(b), err)
	var q person
	err = json.Unmarshal([]byte(`{"name":"Bob","age":5,"addr":{"street":"S","zip":"1"},"meta":{"k":[1,2.5,null]},"private":"no"}`), &q)
	fmt.Printf("%+v %v\n", q.Addr, err)
	fmt.Println(q.Name, q.Meta, q.private == "", q.hidden)
	out, _ := json.MarshalIndent(event{2, map[level]string{1: "x"}, json.RawMessage(`{"a":1}`)}, "", "  ")
	fmt.Println(string(out))
	var e event
	fmt.Println(json.Unmarshal([]byte(`{"Lvl":"L7","Tags":{"L3":"three"}}`), &e), e.Lvl, e.Tags)
	var bad struct{ N int }
	fmt.Println(json.Unmarshal([]byte(`{"N":"str"}`), &bad))
	dec := json.NewDecoder(strings.NewReader(`{"a":1} {"a":2} [`))
	for {
		var m map[string]int
		if err := dec.Decode(&m); err != nil {
			fmt.Println("end:", err)
			break
		}
		fmt.Println(m["a"])
	}
	anon := struct {
		A int `json:"a"`
		b int
	}{1, 2}
	ab, _ := json.Marshal(anon)
	fmt.Println(string(ab), anon.b)
}
