//- /main.tsx
import { atomic, yieldNow } from "corona";
import { dom } from "./dom.ts";

const Plain = () => <b>text</b>;
const Slow = () => { yieldNow(); return <i>text</i>; };
let page = "";
atomic(() => {
  page += <Plain />; //~ safe: the factory calls the component, which makes a string
});
atomic(() => {
  page += <Slow />; //~ blocks: the factory calls the component, which yields
});
console.log(page, typeof dom);
//- /dom.ts
type Component = (props: object) => string;
export const dom = {
  make: (type: string | Component, props: object | null, ...children: string[]): string =>
    typeof type === "function" ? type({ ...props, children }) : `<${type}>${children.join("")}</${type}>`,
};
//- /tsconfig.json
{ "compilerOptions": { "jsx": "react", "jsxFactory": "dom.make" } }
