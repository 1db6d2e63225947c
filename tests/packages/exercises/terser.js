import { minify } from "terser";
import { show } from "./show.js";

const source = `
class Shape { constructor(name) { this.name = name; } area() { return 0; } describe() { return \`\${this.name}: \${this.area()}\`; } }
export class Circle extends Shape { constructor(r) { super("circle"); this.r = r; } area() { return Math.PI * this.r ** 2; } }
function unused() { return 1; }
const DEBUG = false;
export function run(list) { if (DEBUG) { console.log("debug"); } let total = 0; for (const item of list) { total += item?.value ?? 0; } return total > 10 ? "big" : "small"; }
`;
show("module", (await minify(source, { module: true })).code);
show("mangled", (await minify("function f(longName, other) { return longName + other + longName }", { mangle: { toplevel: true } })).code);
show("beautified", (await minify("a(function(){if(x){y()}else{z()}})", { compress: false, format: { beautify: true } })).code);
show("map", JSON.parse((await minify({ "in.js": "var answer = 42; alert(answer)" }, { sourceMap: { filename: "out.js" } })).map));
show("passes", (await minify("var a = 1 + 2 * 3; if (a > 6) { console.log('yes'); } else { console.log('no'); }", { toplevel: true, compress: { passes: 3 } })).code);
try { await minify("let x = ;"); } catch (error) { show("error", `${error.name} ${error.message} ${error.line}:${error.col}`); }
