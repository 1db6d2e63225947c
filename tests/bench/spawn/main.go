// Goroutines that do next to nothing: made, run and finished, a thousand at a time.
package main

import (
	"fmt"
	"sync"
	"time"
)

const batch, batches = 1000, 3000

var finished int

func main() {
	start := time.Now()
	for i := 0; i < batches; i++ {
		var group sync.WaitGroup
		group.Add(batch)
		for j := 0; j < batch; j++ {
			go func() {
				finished++
				group.Done()
			}()
		}
		group.Wait()
	}
	fmt.Println("result", float64(time.Since(start).Nanoseconds())/(batch*batches))
}
