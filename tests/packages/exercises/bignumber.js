import BigNumber from "bignumber.js";
import { show, thrown } from "./show.js";

const Big = BigNumber.clone({ DECIMAL_PLACES: 30, EXPONENTIAL_AT: 60 });
show("math", [new Big("0.1").plus("0.2"), new Big(1).div(7), new Big(2).pow(100), new Big(2).sqrt(), new Big("-5.5").mod(2)].map(String));
show("round", [new Big("2.345").dp(2).toString(), new Big("2.345").toFixed(2, 1), new Big("1234567.891").toFormat(2), new Big("123.456").sd(4).toString()]);
show("bases", [new Big("ff", 16).toString(), new Big(255).toString(2), new Big("0.1").toFraction().map(String)]);
show("compare", [new Big(1).eq("1.0"), new Big(3).gt(2), Big.max(1, "9", 3).toString()]);
show("json", { n: new Big("1e500") });
show("error", thrown(() => new Big("x")));
