package load

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Target is a server on this machine.
type Target struct {
	Host string // as it is named in requests
	addr string // that is dialled
}

// Targets reads http URLs of servers. A host that is no loopback address is refused: a crowd must
// not be let loose on somebody else's server, nor by a slip on one's own in production.
func Targets(urls []string) ([]Target, error) {
	targets := make([]Target, 0, len(urls))
	for _, text := range urls {
		t, err := target(text)
		if err != nil {
			return nil, fmt.Errorf("load: %q: %w", text, err)
		}
		targets = append(targets, t)
	}
	if len(targets) == 0 {
		return nil, fmt.Errorf("load: name the server's URL")
	}
	return targets, nil
}

func target(text string) (Target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return Target{}, err
	}
	if u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return Target{}, fmt.Errorf("must be of the form http://127.0.0.1:8080")
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	ip, err := loopback(u.Hostname())
	if err != nil {
		return Target{}, err
	}
	return Target{Host: u.Host, addr: net.JoinHostPort(ip.String(), port)}, nil
}

// loopback gives the address of a host, which is then dialled as it is: a name that is looked up
// twice may lead elsewhere the second time.
func loopback(host string) (net.IP, error) {
	ips := []net.IP{net.ParseIP(host)}
	if ips[0] == nil {
		var err error
		if ips, err = net.LookupIP(host); err != nil || len(ips) == 0 {
			return nil, fmt.Errorf("find the host: %w", err)
		}
	}
	for _, ip := range ips {
		if !ip.IsLoopback() {
			return nil, fmt.Errorf("%s is no loopback address; a crowd plays only against a server on this machine", ip)
		}
	}
	for _, ip := range ips { // a server that listens on 127.0.0.1 is not on ::1
		if ip.To4() != nil {
			return ip, nil
		}
	}
	return ips[0], nil
}
