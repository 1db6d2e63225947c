import { atomic, sleep } from "corona";

const nap = () => sleep(0);
const one = () => 1;

let n = 0;
atomic(() => nap()); //~ blocks: the arrow's expression is a call of sleep
atomic(() => (n += one())); //~ safe: gives 1
