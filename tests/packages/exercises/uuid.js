import { MAX, NIL, parse, stringify, v1, v3, v4, v5, v7, validate, version } from "uuid";
import { show, thrown } from "./show.js";

show("v3", v3("hello.example.com", v3.DNS));
show("v5", v5("https://example.org/", v5.URL));
const options = { random: Uint8Array.from({ length: 16 }, (_, i) => i * 7), msecs: 1700000000000, nsecs: 5, clockseq: 0x1234, node: [1, 2, 3, 4, 5, 6] };
show("v1", v1(options));
show("v4", v4(options));
show("v7", v7({ random: options.random, msecs: options.msecs, seq: 7 }));
show("random", [validate(v4()), version(v7()), v4() !== v4()]);
show("bytes", [...parse(v5("a", NIL))]);
show("text", stringify(parse(MAX)));
show("bad", [validate("x"), thrown(() => parse("x"))]);
