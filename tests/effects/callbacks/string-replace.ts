import { atomic, sleep } from "corona";

const lookUp = (name: string) => { sleep(0); return name; };

let text = "";
atomic(() => {
  text = "a-b".replace(/-/g, "+"); //~ safe: a string
  text = "a-b".replace(/\w/g, (letter) => letter.toUpperCase()); //~ safe: the function gives a string
  text = "{a}".replace(/\{(\w)\}/, (_, name) => lookUp(name)); //~ blocks: the function looks something up
  text = "a".replaceAll("a", lookUp); //~ blocks: the same function
});
console.log(text);
