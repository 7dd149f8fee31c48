package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

type item struct {
	XMLName xml.Name `xml:"item"`
	ID      int      `xml:"id,attr"`
	Name    string   `xml:"name"`
	Tags    []string `xml:"tags>tag"`
	note    string
}

type payload struct {
	A int
	B map[string][]float64
	c string
	P *payload
}

type header struct {
	Magic uint32
	Ver   uint16
	Len   uint16
}

func main() {
	it := item{ID: 3, Name: "n&m", Tags: []string{"x", "y"}, note: "hidden"}
	b, err := xml.MarshalIndent(it, "", " ")
	fmt.Println(string(b), err)
	var back item
	fmt.Println(xml.Unmarshal(b, &back), back.ID, back.Name, back.Tags, back.note == "")
	var buf bytes.Buffer
	p := payload{A: 1, B: map[string][]float64{"k": {1, 2.5}}, c: "lost", P: &payload{A: 2}}
	fmt.Println(gob.NewEncoder(&buf).Encode(p))
	var q payload
	fmt.Println(gob.NewDecoder(&buf).Decode(&q), q.A, q.B, q.c == "", q.P.A)
	r := csv.NewReader(strings.NewReader("a,b\n\"q,1\",2\n"))
	recs, err := r.ReadAll()
	fmt.Println(recs, len(recs), err)
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"x y", "a,b", `q"q`})
	w.Flush()
	h := header{0xCAFE, 1, 8}
	buf.Reset()
	binary.Write(&buf, binary.BigEndian, h)
	fmt.Println(hex.EncodeToString(buf.Bytes()), base64.StdEncoding.EncodeToString([]byte("hello")))
	var h2 header
	binary.Read(&buf, binary.BigEndian, &h2)
	fmt.Println(h2 == h, h2.Magic)
}
