package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type fieldErr struct{ field, msg string }

func (f fieldErr) Error() string { return f.field + " " + f.msg }

type validation []error

func (v validation) Error() string {
	ss := []string{}
	for _, e := range v {
		ss = append(ss, e.Error())
	}
	return strings.Join(ss, "; ")
}
func (v validation) Unwrap() []error { return v }

type form struct {
	name string
	age  int
	mail string
}

func (f form) validate() error {
	var v validation
	if f.name == "" {
		v = append(v, fieldErr{"name", "empty"})
	}
	if f.age < 0 || f.age > 150 {
		v = append(v, fieldErr{"age", strconv.Itoa(f.age)})
	}
	if !strings.Contains(f.mail, "@") {
		v = append(v, fieldErr{field: "mail", msg: "no @"})
	}
	if len(v) == 0 {
		return nil
	}
	return v
}

func main() {
	for _, f := range []form{{"a", 1, "a@b"}, {"", 200, ""}, {"b", -1, "@"}} {
		err := f.validate()
		var fe fieldErr
		fmt.Println(err == nil, errors.As(err, &fe), fe.field, errors.Is(err, fieldErr{"age", "-1"}), err)
	}
}
