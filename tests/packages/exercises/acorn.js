import { isIdentifierStart, Parser, parse, tokenizer, tokTypes } from "acorn";
import { show, thrown } from "./show.js";

const program = parse("export default class A extends B { #x = 1n; static { this.y = a?.b ?? `t${c}` } async *m() { for await (const z of q) yield* z; } }", { ecmaVersion: "latest", sourceType: "module" });
show("tree", program);
show("tokens", [...tokenizer("a => /re/g.test(a)", { ecmaVersion: 2020 })].map((token) => token.type.label));
show("error", thrown(() => parse("let let = 1", { ecmaVersion: 2022 })));
show("error2", thrown(() => parse("({a: 1, b)", { ecmaVersion: 2022 })));
class Shouting extends Parser {
  parseIdent(liberal) { const node = super.parseIdent(liberal); node.name = node.name.toUpperCase(); return node; }
}
show("plugin", Parser.extend((Base) => class extends Base { parseIdent = Shouting.prototype.parseIdent; }).parse === undefined);
show("subclass", Shouting.parse("foo(bar)", { ecmaVersion: 2020 }).body[0].expression.callee.name);
show("chars", [isIdentifierStart(0x41), isIdentifierStart(0x30), tokTypes.name.label]);
const comments = [];
parse("/* a */ x // b", { ecmaVersion: 2020, onComment: comments, locations: true });
show("comments", comments.map((comment) => [comment.type, comment.value, comment.loc.start.column]));
