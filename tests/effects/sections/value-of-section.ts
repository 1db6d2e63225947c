import { atomic, sleep } from "corona";

const slow = () => { sleep(0); return 2; };
const one = atomic(() => Math.max(1, 0)); //~ safe: arithmetic
const two = atomic(() => slow()); //~ blocks: slow sleeps
const three = atomic(() => slow); // hands out the function, does not call it
slow();
three();
console.log(one + two);
