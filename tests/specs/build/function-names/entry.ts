import first, * as one from "./one.js";
import second, * as two from "./two.js";
import third, * as three from "./three.js";
one.give();
two.give();
console.log(first.name, second.name, third.name);
for (const it of [one, two]) console.log(it.Klass.name, it.arrow.name, it.declared.name, it.given.name, it.taken.name);
console.log(two.Klass.inBlock, two.Klass.field, typeof two.Named.name, two.declared(), two.taken.own, two.proto.name);
console.log(three.Named.name, three.__proto__.name);
