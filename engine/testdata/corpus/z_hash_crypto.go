package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
)

type block struct {
	idx              int
	data, prev, hash string
}

func (b block) sum() string {
	h := sha256.Sum256([]byte(fmt.Sprint(b.idx, b.data, b.prev)))
	return hex.EncodeToString(h[:8])
}

type chain []block

func (c chain) add(d string) chain {
	b := block{idx: len(c), data: d}
	if len(c) > 0 {
		b.prev = c[len(c)-1].hash
	}
	b.hash = b.sum()
	return append(c, b)
}
func (c chain) valid() bool {
	for i, b := range c {
		if b.hash != b.sum() || i > 0 && b.prev != c[i-1].hash {
			return false
		}
	}
	return true
}

func main() {
	c := chain{}.add("genesis").add("a").add("b")
	fmt.Println(c.valid(), c[2].hash, c[1].prev == c[0].hash)
	c[1].data = "tampered"
	fmt.Println(c.valid())
	fmt.Printf("%x %08x\n", md5.Sum([]byte("go")), crc32.ChecksumIEEE([]byte("go")))
	h := fnv.New32a()
	h.Write([]byte("hello"))
	mac := hmac.New(sha256.New, []byte("key"))
	mac.Write([]byte("msg"))
	fmt.Println(h.Sum32(), hex.EncodeToString(mac.Sum(nil))[:16], base64.URLEncoding.EncodeToString([]byte{255, 254}))
}
