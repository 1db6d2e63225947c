import { atomic, sleep } from "corona";

let n = 0;
const slowSection = () => {
  n++;
  sleep(0); //~ blocks: this function is run as a section
};
const fastSection = () => {
  n++;
  String(n); //~ safe: formats a number
};
atomic(slowSection);
atomic(fastSection);
