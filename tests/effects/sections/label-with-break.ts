import { atomic, yieldNow } from "corona";

function find(list: number[], wanted: number) {
  atomic: {
    if (list.includes(wanted)) break atomic; //~ safe: compares
    list.push(wanted);
    yieldNow(); //~ blocks: reached when the number was new
  }
  yieldNow(); // after the section
}
const list = [1];
find(list, 1);
find(list, 2);
