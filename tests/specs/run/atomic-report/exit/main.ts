// Nor does process.exit().
import { atomic, sleep } from "corona";
import { exit } from "corona:process";

atomic(() => sleep(0));
exit(7);
