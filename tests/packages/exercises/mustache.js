import Mustache from "mustache";
import { show, thrown } from "./show.js";

const view = { title: "hi", list: [{ n: 1 }, { n: 2 }], empty: [], html: "<b>&", fn: () => (text, render) => `[${render(text)}]`, deep: { a: { b: "c" } } };
show("render", Mustache.render("{{title}} {{#list}}{{n}},{{/list}}{{^empty}}none{{/empty}} {{html}} {{{html}}} {{&html}} {{#fn}}x{{title}}{{/fn}} {{deep.a.b}} {{! comment }}{{missing}}", view));
show("partial", Mustache.render("{{#list}}{{> row}}{{/list}}", view, { row: "<{{n}}>" }));
show("tags", Mustache.render("{{=<% %>=}}<% title %> {{title}}", view));
show("tokens", Mustache.parse("a {{b}} {{#c}}d{{/c}}"));
show("error", thrown(() => Mustache.render("{{#a}}", {})));
class Loud extends Mustache.Writer { escapedValue(token, context) { return String(context.lookup(token[1])).toUpperCase(); } }
show("writer", new Loud().render("{{title}}", view));
