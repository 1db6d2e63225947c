//- /main.tsx
import { atomic, sleep } from "corona";

const Name = ({ text }: { text: string }) => <b>{text}</b>;
const Feed = () => { sleep(0); return <i>news</i>; };
let page = "";
atomic(() => {
  page += <p><Name text="x" /></p>; //~ safe: the runtime calls the component, which makes a string
});
atomic(() => {
  page += <Feed />; //~ blocks: the runtime calls the component, which sleeps
});
console.log(page);
//- /tsconfig.json
{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "html-strings" } }
//- /node_modules/html-strings/package.json
{ "name": "html-strings", "version": "1.0.0", "type": "module", "exports": { "./jsx-runtime": "./runtime.js" } }
//- /node_modules/html-strings/runtime.js
export function jsx(type, props) {
  if (typeof type === "function") return type(props);
  return `<${type}>${[props.children].flat().join("")}</${type}>`;
}
export { jsx as jsxs };
