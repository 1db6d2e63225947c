import { odd } from "./odd.js";
import { sleep } from "corona";
export const even = (n) => (sleep(0), n === 0 || odd(n - 1));
