// node: the compiler's system object reads files
import ts from "typescript";
import { show } from "./show.js";

show("version", ts.version);
const source = "enum Color { Red, Green = 5 }\nnamespace N { export const x: number = 1 }\nexport class A<T> { constructor(private readonly v: T) {} @dec m?(): void; get x(): Color { return Color.Red } }\nexport default <const T,>(x: T) => x satisfies unknown;";
show("transpiled", ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext } }).outputText);
show("commonjs", ts.transpileModule("import a, { b } from 'x'; export * from 'y'; a(b);", { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText);
const file = ts.createSourceFile("a.ts", "let x: string = 1 + `a${2}`", ts.ScriptTarget.Latest, true);
const kinds = [];
(function visit(node) { kinds.push(ts.SyntaxKind[node.kind]); ts.forEachChild(node, visit); })(file);
show("kinds", kinds);
const host = {
  fileExists: (name) => name === "/a.ts", readFile: () => undefined, getSourceFile: (name) => (name === "/a.ts" ? ts.createSourceFile(name, "const n: number = 'x'; let u: Missing; interface Array<T> { length: number } interface Boolean {} interface Function {} interface CallableFunction {} interface NewableFunction {} interface IArguments {} interface Number {} interface Object {} interface RegExp {} interface String {}", 99) : undefined),
  getDefaultLibFileName: () => "/lib.d.ts", writeFile() {}, getCurrentDirectory: () => "/", getCanonicalFileName: (name) => name, useCaseSensitiveFileNames: () => true, getNewLine: () => "\n",
};
const program = ts.createProgram(["/a.ts"], { noLib: true }, host);
show("checked", ts.getPreEmitDiagnostics(program).map((d) => [d.code, ts.flattenDiagnosticMessageText(d.messageText, " ")]));
const printer = ts.createPrinter();
show("printed", printer.printNode(ts.EmitHint.Unspecified, ts.factory.createVariableStatement(undefined, [ts.factory.createVariableDeclaration("x", undefined, undefined, ts.factory.createNumericLiteral(1))]), file));
