/** @jsxRuntime classic
 * @jsx h */
import { atomic, sleep } from "corona";

type Child = string | (() => string);
function h(tag: string | ((props: object) => string), props: object | null, ...children: Child[]): string {
  if (typeof tag === "function") return tag(props ?? {});
  return `<${tag}>${children.map((child) => (typeof child === "function" ? child() : child)).join("")}</${tag}>`;
}
const Title = () => <b>title</b>;
const Weather = () => { sleep(0); return <i>sunny</i>; };

let page = "";
atomic(() => {
  page = Title({}) + h("p", null, "x"); //~ safe: strings
  page = h(Weather, null); //~ blocks: the component asks for the weather
});
console.log(page);
