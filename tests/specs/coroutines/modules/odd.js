import { even } from "./even.js";
import { yieldNow } from "corona";
export const odd = (n) => (yieldNow(), n !== 0 && even(n - 1));
