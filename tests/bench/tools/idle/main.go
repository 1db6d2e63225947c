// Opens connections, makes one request on each, and keeps them: idle <address> <count>. Prints `open` when all are.
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func main() {
	count, _ := strconv.Atoi(os.Args[2])
	connections := make([]net.Conn, count)
	buffer := make([]byte, 4096)
	for i := range connections {
		connection, err := net.Dial("tcp", os.Args[1])
		if err != nil {
			panic(err)
		}
		connection.Write([]byte("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"))
		if count, err := connection.Read(buffer); err != nil || count == 0 {
			panic(fmt.Sprint("no answer: ", err))
		}
		connections[i] = connection
	}
	fmt.Println("open")
	time.Sleep(time.Hour)
	fmt.Println(len(connections))
}
