// Goroutines that wait, each for a channel of its own.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	time.Sleep(200 * time.Millisecond)
	fmt.Println("base")
	time.Sleep(200 * time.Millisecond)
	channels := make([]chan int, count)
	for i := range channels {
		channels[i] = make(chan int)
		go func(channel chan int) { <-channel }(channels[i])
	}
	time.Sleep(time.Second)
	fmt.Println("parked")
	time.Sleep(time.Hour)
	fmt.Println(len(channels))
}
