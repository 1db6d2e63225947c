import Handlebars from "handlebars/dist/cjs/handlebars.js";
import { show, thrown } from "./show.js";

const hb = (Handlebars.default ?? Handlebars).create();
hb.registerHelper("shout", (text, options) => `${text.toUpperCase()}${options.hash.end ?? "!"}`);
hb.registerHelper("repeat", function (count, options) { return Array.from({ length: count }, (_, i) => options.fn(this, { data: { i }, blockParams: [i] })).join(""); });
hb.registerPartial("row", "<li>{{name}}{{#if last}} last{{/if}}</li>");
const template = hb.compile("{{#each items as |item i|}}{{i}}:{{> row item last=@last}}{{else}}none{{/each}} {{shout title end='?'}} {{{raw}}} {{raw}} {{#with a.b}}{{c}}{{../title}}{{/with}} {{lookup list 1}} {{#repeat 2 as |n|}}[{{n}}]{{/repeat}}{{~! gone ~}}  end");
show("html", template({ items: [{ name: "x" }, { name: "<y>" }], title: "hi", raw: "<b>", a: { b: { c: 1 } }, list: [1, 2] }));
show("empty", hb.compile("{{#each items}}x{{else}}none{{/each}}")({ items: [] }));
show("strict", thrown(() => hb.compile("{{missing}}", { strict: true })({})));
show("error", thrown(() => hb.compile("{{#if}}")({})));
show("precompiled", hb.precompile("a{{b}}").length > 50);
show("ast", hb.parse("{{a.b 1}}").body[0].path.parts);
