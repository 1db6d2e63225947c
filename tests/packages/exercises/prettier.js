import * as prettier from "prettier/standalone";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import * as markdown from "prettier/plugins/markdown";
import * as postcss from "prettier/plugins/postcss";
import * as typescript from "prettier/plugins/typescript";
import { show } from "./show.js";

const plugins = [babel, estree, markdown, postcss, typescript];
const format = (parser, text, options) => prettier.format(text, { parser, plugins, ...options });
show("js", await format("babel", "const a={b:1,c:[1,2,3]};async function*f(x,{y=2}={}){for await(const z of x)yield z?.[y]??`${a}`}", { semi: false }));
show("jsx", await format("babel", "const App=()=><div className='x' {...props}>{list.map(i=><li key={i}>{i}</li>)}</div>"));
show("ts", await format("typescript", "interface A<T extends string=never>{readonly [k:string]:T|undefined;m?():asserts this is A<T>} enum E{A=1}\ndeclare module 'x'{export type Y=keyof typeof z}"));
show("css", await format("css", "a{color:red;background:url(x.png)}@media (max-width:10px){b>c~d{margin:0 auto!important}}"));
show("md", await format("markdown", "Title\n===\n* a\n* b\n\n|a|b|\n|-|:-:|\n|1|22222|\n\n```js\nlet   x=1\n```"));
try { await format("babel", "let x = ;"); } catch (error) { show("error", `${error.name} ${error.loc.start.line}:${error.loc.start.column}`); }
show("check", await prettier.check("a;\n", { parser: "babel", plugins }));
