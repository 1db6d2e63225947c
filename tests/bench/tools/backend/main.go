// The backend that the programs of `backend/` ask: answers every request at once, with as little work as possible, so
// that it and the load fit on one core.
package main

import (
	"bytes"
	"fmt"
	"net"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:8378")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening")
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go answer(connection)
	}
}

func answer(connection net.Conn) {
	defer connection.Close()
	response := []byte("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nworld")
	end := []byte("\r\n\r\n")
	buffer := make([]byte, 4096)
	filled := 0
	for {
		count, err := connection.Read(buffer[filled:])
		if err != nil {
			return
		}
		filled += count
		for at := bytes.Index(buffer[:filled], end); at >= 0; at = bytes.Index(buffer[:filled], end) {
			filled = copy(buffer, buffer[at+4:filled])
			if _, err := connection.Write(response); err != nil {
				return
			}
		}
	}
}
