import { chunk, cloneDeep, debounce, get, groupBy, merge, orderBy, set, template, throttle, uniqBy, zipObject, chain } from "lodash-es";
import lodash from "lodash-es";
import { show } from "./show.js";

show("chunk", chunk([1, 2, 3, 4, 5], 2));
show("group", groupBy(["one", "two", "three"], "length"));
show("order", orderBy([{ a: 1, b: 2 }, { a: 1, b: 1 }, { a: 0, b: 9 }], ["a", "b"], ["desc", "asc"]));
show("path", [get({ a: [{ b: { c: 3 } }] }, "a[0].b.c"), set({}, "x.y[1]", 7)]);
const deep = { list: [new Date(0), /x/gi, new Map([[1, { two: 2 }]])] };
const copy = cloneDeep(deep);
show("clone", [copy.list[0].getTime(), String(copy.list[1]), copy.list[2].get(1), copy.list[2] !== deep.list[2]]);
show("merge", merge({ a: [1, { b: 2 }] }, { a: [{ c: 3 }, { d: 4 }] }));
show("template", template("<% for (const x of xs) { %><%- x %>,<% } %>")({ xs: ["<", "b"] }));
show("uniq", uniqBy([{ id: 1 }, { id: 2 }, { id: 1 }], "id"));
show("zip", zipObject(["a", "b"], [1, 2]));
show("chain", lodash.chain([3, 1, 2]).sortBy().map((x) => x * 2).reverse().value());
show("chain2", chain({ a: 1 }).mapValues((x) => x + 1).value());
show("functions", [typeof debounce(() => {}), typeof throttle(() => {})]);
