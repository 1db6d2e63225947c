/** @jsxRuntime classic
 * @jsx h */
import { atomic, sleep } from "corona";

type Component = (props: any) => string;
function h(type: string | Component, props: object | null, ...children: string[]): string {
  return typeof type === "string" ? `<${type}>${children.join("")}</${type}>` : type({ ...props, children });
}
const Provider: Component = ({ value, children }) => `${value}:${children.join("")}`;
const Loader: Component = ({ load }) => h("p", null, load());
let html = "";
atomic(() => {
  html += <Loader load={() => { sleep(0); return "x"; }} />; //~ blocks: the component calls what it is given
});
console.log(html, <Provider value={1}><b>x</b></Provider>);
