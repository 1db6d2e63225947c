import _ from "lodash";
import fp from "lodash/fp.js";
import partition from "lodash/partition.js";
import { show } from "./show.js";

show("version", _.VERSION);
show("partition", partition([1, 2, 3, 4], (x) => x % 2));
show("curry", _.curry((a, b, c) => [a, b, c])(1)(2, 3));
show("flow", fp.flow(fp.map((x) => x * x), fp.filter((x) => x > 4), fp.sum)([1, 2, 3, 4]));
show("words", [_.camelCase("Foo Bar-baz"), _.kebabCase("fooBarBaz"), _.startCase("déjà_vu"), _.deburr("déjà vu")]);
show("equal", _.isEqual({ a: [1, new Set([1])] }, { a: [1, new Set([1])] }));
show("wrapped", _([1, 2, 3, 4]).filter((x) => x > 1).map((x) => x * 10).take(2).value());
show("memo", (() => { let n = 0; const f = _.memoize((x) => (n++, x)); f(1); f(1); f(2); return n; })());
show("template", _.template("hello ${ user }!")({ user: "fred" }));
show("range", _.range(0, -4, -1));
