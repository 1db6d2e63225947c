import { atomic, sleep } from "corona";

let n = 0;
const slowSection = () => {
  n++;
  sleep(0);
};
const fastSection = () => {
  n++;
  String(n);
};
atomic(slowSection); //~ blocks: the function that is the section sleeps
atomic(fastSection); //~ safe: the function that is the section formats a number
