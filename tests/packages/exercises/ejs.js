// node: includes are files
import ejs from "ejs";
import { show } from "./show.js";

show("render", ejs.render("<% for (const x of xs) { -%>\n<li><%= x %></li>\n<% } -%>\n<%- raw %> <%# no %> <%% x", { xs: ["a", "<b>"], raw: "<i>" }));
show("delimiter", ejs.render("<? if (a) { ?>yes<? } ?>", { a: 1 }, { delimiter: "?" }));
show("compiled", ejs.compile("<%= locals.a ?? 'none' %>")({}));
show("async", await ejs.render("<%= await a %>", { a: Promise.resolve("later") }, { async: true }));
show("include", ejs.render("<%- include('part', { n: 2 }) %>", {}, { includer: (name) => ({ template: `${name}:<%= n %>` }) }));
try { ejs.render("line\n<%= missing %>", {}); } catch (error) { show("error", `${error.name} ${error.message.split("\n")[0]} ${error.message.split("\n").at(-1)}`); }
show("escape", ejs.escapeXML("<a href='x'>&\""));
