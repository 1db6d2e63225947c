// An exception that nobody catches does not lose the report.
import { atomic, sleep } from "corona";

atomic(() => sleep(0));
throw new Error("over");
