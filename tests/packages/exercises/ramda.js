import * as R from "ramda";
import { show } from "./show.js";

show("pipe", R.pipe(R.map(R.multiply(2)), R.filter(R.gt(R.__, 4)), R.sum)([1, 2, 3, 4]));
show("lens", R.over(R.lensPath(["a", 0, "b"]), R.inc, { a: [{ b: 1 }], c: 2 }));
show("group", R.groupBy(R.prop("k"), [{ k: "a", v: 1 }, { k: "b", v: 2 }, { k: "a", v: 3 }]));
show("evolve", R.evolve({ a: R.toUpper, b: { c: R.negate } }, { a: "x", b: { c: 1 }, d: 0 }));
show("transduce", R.transduce(R.compose(R.map(R.add(1)), R.take(2)), R.flip(R.append), [], [1, 2, 3]));
show("converge", R.converge(R.divide, [R.sum, R.length])([1, 2, 3, 4]));
show("curry", R.curry((a, b, c) => a + b + c)(1)(R.__, 3)(2));
show("equals", R.equals({ a: [1, { b: new Set([1]) }] }, { a: [1, { b: new Set([1]) }] }));
show("cond", R.cond([[R.lt(10), R.always("big")], [R.T, R.identity]])(5));
show("misc", [R.zipWith(R.concat, ["a"], ["b"]), R.toPairs({ a: 1 }), R.splitEvery(2, [1, 2, 3]), R.mergeDeepRight({ a: { b: 1 } }, { a: { c: 2 } }), R.toString([1, "x", { y: null }])]);
