import { atomic, sleep } from "corona";

const stock = new Map([["tea", 1]]);
function take(item: string): boolean {
  atomic: {
    const left = stock.get(item) ?? 0; //~ safe: a Map
    if (left === 0) return false;
    stock.set(item, left - 1); //~ safe: a Map
    report(item); //~ blocks: reports, which sleeps
    return true;
  }
}
function report(_item: string) { sleep(0); }
console.log(take("tea"), take("tea"));
