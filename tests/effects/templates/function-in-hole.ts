import { atomic, sleep } from "corona";

function styled(parts: TemplateStringsArray, ...holes: (() => string)[]) {
  return parts.reduce((text, part, i) => text + part + (holes[i]?.() ?? ""), "");
}

let text = "";
atomic(() => {
  text = styled`a${() => "b"}c`; //~ safe: the hole gives a string
});
atomic(() => {
  text = styled`a${() => { sleep(0); return "b"; }}c`; //~ blocks: the tag calls the hole, which sleeps
});
console.log(text);
