// A signal that ends the program still does, after the report.
import { atomic, sleep } from "corona";
import { kill, pid } from "corona:process";

atomic(() => sleep(0));
kill(pid, "SIGTERM");
sleep(10_000);
