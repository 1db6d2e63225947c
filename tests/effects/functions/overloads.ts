import { atomic, sleep } from "corona";

function load(key: string): string;
function load(key: string, patient: true): string;
function load(key: string, patient?: boolean): string {
  if (patient) sleep(0);
  return key;
}
function tag(key: string): string;
function tag(key: number): string;
function tag(key: string | number): string {
  return `#${key}`;
}

let got = "";
atomic: {
  got = load("a", true); //~ blocks: the implementation behind the overloads sleeps
  got = tag(1); //~ safe: formats
}
console.log(got);
