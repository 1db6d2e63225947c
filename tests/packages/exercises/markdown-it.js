import MarkdownIt from "markdown-it";
import { show } from "./show.js";

const text = "# Title *em*\n\nA **bold** `code` [link](http://x.org \"t\") ~~gone~~ \"quoted\" -- (c)\n\n1. one\n   - nested\n\n> quote\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```js\nlet x = 1 < 2;\n```\n\nhttp://auto.link &copy; \\*\n";
const md = new MarkdownIt({ html: true, linkify: true, typographer: true });
show("html", md.render(text));
show("commonmark", new MarkdownIt("commonmark").render("<b>x</b> http://a.b\n\n    code"));
md.use((it) => { it.core.ruler.push("count", (state) => { state.env.tokens = state.tokens.length; }); });
const env = {};
md.render(text, env);
show("plugin", env);
md.renderer.rules.strong_open = () => "<STRONG>";
show("rule", md.renderInline("**x** [a](javascript:alert)"));
show("tokens", md.parse("a\n\n- b", {}).map((token) => [token.type, token.nesting, token.map]));
