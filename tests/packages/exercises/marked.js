import { Marked, lexer, marked } from "marked";
import { show } from "./show.js";

const text = "# Title *em*\n\nA **bold** `code` [link](http://x.org \"t\") <b>raw</b> ~~gone~~\n\n1. one\n2. two\n   - nested\n\n> quote\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```js\nlet x = 1 < 2;\n```\n\n- [x] done\n- [ ] open\n\n![img](a.png)\n\n---\nhttp://auto.link\n";
show("html", marked.parse(text));
show("inline", marked.parseInline("a *b* c"));
show("tokens", lexer(text).map((token) => token.type));
const custom = new Marked({ gfm: true, breaks: true }).use({ renderer: { heading({ tokens, depth }) { return `<h${depth} class="x">${this.parser.parseInline(tokens)}</h${depth}>`; } }, walkTokens(token) { if (token.type === "link") token.href += "?x"; }, extensions: [{ name: "mark", level: "inline", start: (src) => src.indexOf("=="), tokenizer(src) { const match = /^==([^=]+)==/.exec(src); return match && { type: "mark", raw: match[0], text: match[1] }; }, renderer: (token) => `<mark>${token.text}</mark>` }] });
show("custom", custom.parse("# a\nline ==hot== [l](u)\nnext"));
show("async", await new Marked({ async: true }).parse("*x*"));
