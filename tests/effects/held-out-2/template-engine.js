import { atomic, sleep } from "corona";

const filters = {
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  fetch(text) { sleep(0); return text; },
};
function compile(source) {
  const parts = source.split(/[{}]/);
  return (data) => parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const [name, ...used] = part.split("|");
    return used.reduce((value, filter) => filters[filter](value), String(data[name]));
  }).join("");
}
const plain = (data) => `Hello ${filters.upper(data.name)}`;
const template = compile("Hello {name|fetch}");
let text = "";
atomic(() => {
  text += plain({ name: "x" }); //~ safe: one filter, by its name
});
atomic(() => {
  text += template({ name: "y" }); //~ blocks: the filter that its text names sleeps
});
console.log(text);
