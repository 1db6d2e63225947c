import { atomic, sleep } from "corona";

const amount = { [Symbol.toPrimitive]: (hint: string) => (hint === "number" ? 5 : "five") };
const quote = { [Symbol.toPrimitive]() { sleep(0); return 1; } };

let text = "";
atomic(() => {
  text = `${amount}`; //~ safe: gives a string
  text += Number(quote); //~ blocks: Number converts, and converting sleeps
});
console.log(text);
