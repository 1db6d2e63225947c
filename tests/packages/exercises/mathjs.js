import { all, chain, complex, create, derivative, det, evaluate, format, fraction, inv, lusolve, matrix, multiply, parse, simplify, unit } from "mathjs";
import { show, thrown } from "./show.js";

show("evaluate", [evaluate("sqrt(3^2 + 4^2)"), evaluate("2 + 3i") + "", evaluate("12.7 cm to inch") + "", evaluate("[1, 2; 3, 4] * [5; 6]") + ""]);
show("scope", (() => { const scope = { a: 3 }; evaluate("f(x) = a * x ^ 2", scope); return evaluate("f(4) + sum(1:5)", scope); })());
show("symbolic", [simplify("2x + 3x - x").toString(), derivative("x^3 + sin(x)", "x").toString(), parse("a * (b + c)").toTex()]);
show("matrix", [det([[2, 1], [1, 3]]), inv([[2, 0], [0, 4]]), multiply(matrix([[1, 2]]), matrix([[3], [4]])) + "", lusolve([[1, 2], [3, 4]], [5, 6])]);
show("types", [fraction(1, 3).add(fraction(1, 6)) + "", complex(1, 2).mul(complex(3, -1)) + "", unit("5 km/h").toNumber("m/s").toFixed(6)]);
const big = create(all, { number: "BigNumber", precision: 40 });
show("big", big.evaluate("1 / 3 + 0.1 + 0.2") + "");
show("format", [format(1 / 3, { precision: 4 }), format(123456789, { notation: "engineering" })]);
show("chain", chain(3).add(4).multiply(2).done());
show("error", [thrown(() => evaluate("1 +")), thrown(() => evaluate("nope(1)"))]);
