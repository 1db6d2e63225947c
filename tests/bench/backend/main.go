// Each request asks the backend three times, one after the other.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
)

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1024, MaxIdleConns: 1024}}

func ask() string {
	response, err := client.Get("http://127.0.0.1:8378/")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:8377")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening")
	panic(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a := ask()
		b := ask()
		c := ask()
		io.WriteString(w, a+b+c)
	})))
}
