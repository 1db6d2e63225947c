// node: reads its configuration from files
import { parseSync, template, transformAsync, transformSync, traverse, types as t } from "@babel/core";
import { show } from "./show.js";

const options = { configFile: false, babelrc: false };
const rename = () => ({ visitor: { Identifier(path) { if (path.node.name === "foo") path.node.name = "bar"; }, BinaryExpression(path) { const result = path.evaluate(); if (result.confident) path.replaceWith(t.valueToNode(result.value)); } } });
show("plugin", transformSync("const foo = 1 + 2 * 3; foo();", { ...options, plugins: [rename] }).code);
const tree = parseSync("a?.b ?? class { #p = 1 }", options);
const types = [];
traverse(tree, { enter(path) { types.push(path.type); } });
show("types", types);
show("template", transformSync("", { ...options, plugins: [() => ({ visitor: { Program(path) { path.pushContainer("body", template.statement("var %%name%% = %%value%%;")({ name: t.identifier("x"), value: t.stringLiteral("y") })); } } })] }).code);
const mapped = await transformAsync("let x = () => y;", { ...options, filename: "/in.js", sourceMaps: true, compact: true });
show("compact", [mapped.code, mapped.map.mappings]);
try { transformSync("let x = ;", options); } catch (error) { show("error", `${error.code} ${error.loc.line}:${error.loc.column}`); }
const scope = [];
traverse(parseSync("function f(a) { let b; { var c; } return a + b + c + d }", options), { Function(path) { scope.push(Object.keys(path.scope.bindings), Object.keys(path.scope.globals)); } });
show("scope", scope);
