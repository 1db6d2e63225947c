import Decimal from "decimal.js";
import { show, thrown } from "./show.js";

const D = Decimal.clone({ precision: 40 });
show("math", [new D("0.1").add("0.2"), D.div(1, 7), D.pow(2, 0.5), D.exp(1), D.ln(10), D.acos(-1), D.sin("0.5"), D.cbrt(27)].map(String));
show("round", [new D("2.345").toDP(2).toString(), new D(1234.5678).toSD(5).toString(), new D("1e-9").toFixed(), new D(5.5).round().toString(), new D("-5.5").trunc().toString()]);
show("bases", [new D("0xff.8").toString(), new D(255).toBinary(), new D(255).toHex(), new D("3.14159").toFraction(100).map(String)]);
show("compare", [new D(1).eq("1.0"), D.max(1, "9", 3).toString(), D.hypot(3, 4).toString(), new D("1e9000000000000001").toString()]);
show("error", thrown(() => new D("abc")));
