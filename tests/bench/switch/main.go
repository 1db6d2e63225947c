// Two goroutines hand over to each other through an unbuffered channel.
package main

import (
	"fmt"
	"time"
)

const count = 2000000

func main() {
	there, back := make(chan int), make(chan int)
	go func() {
		for value := range there {
			back <- value
		}
	}()
	start := time.Now()
	for i := 0; i < count; i++ {
		there <- i
		<-back
	}
	fmt.Println("result", float64(time.Since(start).Nanoseconds())/(2*count))
}
