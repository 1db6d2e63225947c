// A report that cannot be written is an error of the run.
import { atomic, sleep } from "corona";

atomic(() => sleep(0));
