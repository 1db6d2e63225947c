import qs from "qs";
import { show } from "./show.js";

show("parse", qs.parse("a[b][c]=1&a[b][d]=2&e[]=3&e[]=4&f=%20x&g.h=5&i[0]=a&i[2]=c", { allowDots: true }));
show("stringify", [qs.stringify({ a: { b: [1, 2], c: null }, d: undefined, e: new Date(0) }), qs.stringify({ a: ["x", "y"] }, { arrayFormat: "brackets", encode: false }), qs.stringify({ b: 2, a: 1 }, { sort: (x, y) => x.localeCompare(y), addQueryPrefix: true })]);
show("limits", [qs.parse("a[b][c][d][e][f][g]=x", { depth: 2 }), qs.parse("a&b=", { strictNullHandling: true }), qs.parse("a=1;b=2", { delimiter: ";" })]);
show("charset", qs.parse("x=%E9", { charset: "iso-8859-1" }));
