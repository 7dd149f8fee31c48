package kernel

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/json"
	"fmt"
	"hash"
	"net"
	"os"
	"strconv"
)

// ConnectionInfo is a Jupyter connection file: where the sockets are and the
// key that signs messages. A port of 0 means any free one; see Server.Info.
type ConnectionInfo struct {
	Transport       string `json:"transport"` // "tcp" or "ipc"
	IP              string `json:"ip"`        // the address, or with ipc the path before "-PORT"
	ShellPort       int    `json:"shell_port"`
	ControlPort     int    `json:"control_port"`
	StdinPort       int    `json:"stdin_port"`
	IOPubPort       int    `json:"iopub_port"`
	HBPort          int    `json:"hb_port"`
	SignatureScheme string `json:"signature_scheme"` // "hmac-sha256", or one of hashes
	Key             string `json:"key"`              // empty: messages are not signed
	KernelName      string `json:"kernel_name,omitempty"`
}

// hashes are the hash functions of the signature schemes.
var hashes = map[string]func() hash.Hash{
	"hmac-sha256": sha256.New, "hmac-sha224": sha256.New224, "hmac-sha384": sha512.New384, "hmac-sha512": sha512.New,
	"hmac-sha1": sha1.New, "hmac-md5": md5.New,
}

// ReadConnectionFile reads and checks the connection file at path.
func ReadConnectionFile(path string) (ConnectionInfo, error) {
	var info ConnectionInfo
	data, err := os.ReadFile(path)
	if err != nil {
		return info, fmt.Errorf("connection file: %w (Jupyter writes it and passes its path to `goblaze kernel`)", err)
	}
	if err := json.Unmarshal(data, &info); err != nil {
		return info, fmt.Errorf("connection file %s: %w", path, err)
	}
	if err := info.check(); err != nil {
		return info, fmt.Errorf("connection file %s: %w", path, err)
	}
	return info, nil
}

// check fills in defaults and refuses what the kernel cannot serve.
func (c *ConnectionInfo) check() error {
	if c.Transport == "" {
		c.Transport = "tcp"
	}
	if c.IP == "" && c.Transport == "tcp" {
		c.IP = "127.0.0.1"
	}
	if c.SignatureScheme == "" {
		c.SignatureScheme = "hmac-sha256"
	}
	switch {
	case c.Transport != "tcp" && c.Transport != "ipc":
		return fmt.Errorf("transport %q is not supported: use tcp or ipc", c.Transport)
	case c.Transport == "ipc" && c.IP == "":
		return fmt.Errorf("transport ipc needs a path in the field ip")
	case hashes[c.SignatureScheme] == nil:
		return fmt.Errorf("signature_scheme %q is not supported: use hmac-sha256", c.SignatureScheme)
	}
	for name, port := range c.ports() {
		if *port < 0 || *port > 65535 {
			return fmt.Errorf("%s_port %d is not a port", name, *port)
		}
	}
	return nil
}

// ports gives the port fields by their channel's name.
func (c *ConnectionInfo) ports() map[string]*int {
	return map[string]*int{
		"shell": &c.ShellPort, "control": &c.ControlPort, "stdin": &c.StdinPort,
		"iopub": &c.IOPubPort, "hb": &c.HBPort,
	}
}

// address is what net.Listen takes for a port: network and address.
func (c ConnectionInfo) address(port int) (network, addr string) {
	if c.Transport == "ipc" {
		return "unix", c.IP + "-" + strconv.Itoa(port)
	}
	host := c.IP
	if host == "*" {
		host = ""
	}
	return "tcp", net.JoinHostPort(host, strconv.Itoa(port))
}

// write saves the connection file, readable by its owner only.
func (c ConnectionInfo) write(path string) error {
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o600)
}
