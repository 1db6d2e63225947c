import { atomic, sleep } from "corona";

function query(parts: TemplateStringsArray, ...values: unknown[]) {
  sleep(0);
  return parts.join("?") + values.length;
}
function html(parts: TemplateStringsArray, ...values: unknown[]) {
  return parts.join("") + values.join("");
}

let text = "";
atomic(() => {
  text = html`<b>${1}</b>`; //~ safe: joins strings
  text = query`select ${1}`; //~ blocks: the tag sleeps
});
console.log(text);
