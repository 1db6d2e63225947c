// Runs a command to its end: start <command> [args]. Prints wall time in milliseconds and peak memory in MiB.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	command := exec.Command(os.Args[1], os.Args[2:]...)
	command.Stderr = os.Stderr
	start := time.Now()
	if err := command.Run(); err != nil {
		panic(err)
	}
	time := time.Since(start)
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	fmt.Printf("result %f\nmemory %f\n", float64(time.Nanoseconds())/1e6, float64(usage.Maxrss)/1024)
}
