// Text that nests absurdly deep is an error, never the end of the process.
import { writeFile } from "corona:fs";
const folder = process.env.TMPDIR;
const deep = (open: string, middle: string, close: string, times: number) => open.repeat(times) + middle + close.repeat(times);
const texts: [string, string][] = [
  ["parens.js", `export default ${deep("(", "1", ")", 100000)};`],
  ["arrays.ts", `export default ${deep("[", "1", "]", 100000)};`],
  ["blocks.ts", deep("{", "", "}", 100000)],
  ["unary.ts", `export default ${"!".repeat(100000)}1;`],
  ["sum.ts", `export default ${"1+".repeat(100000)}1;`],
  ["ternary.ts", `export default ${"1?".repeat(100000)}1${":1".repeat(100000)};`],
  ["types.ts", `type A = ${deep("Array<", "1", ">", 100000)};`],
  ["jsx.tsx", `export default ${deep("<a>", "", "</a>", 100000)};`],
  ["templates.ts", `export default ${deep("`${", "1", "}`", 50000)};`],
  ["calls.ts", `export default f${"()".repeat(100000)};`],
  ["else.ts", `if (1) {} ${"else if (1) {}".repeat(3000)}`],
  ["members.js", `export default () => a${".b".repeat(30000)};`],
];
for (const [name, text] of texts) {
  writeFile(`${folder}/${name}`, text);
  try {
    await import(`${folder}/${name}`);
    console.log(name, "loads");
  } catch (error) {
    console.log(name, error.name, error.code ?? error.message);
  }
}
writeFile(`${folder}/fine.ts`, `export default ${deep("[", "1", "]", 500)} as any;`);
console.log((await import(`${folder}/fine.ts`)).default.flat(Infinity));
