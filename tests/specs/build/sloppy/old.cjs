// What only sloppy code may say, and a bundle says otherwise.
var static = 010, _static = 09, interface = { yield: "\101\0\x42" };
var let = { static, interface: { await: 1 } };
function package(private) { return [new.target === undefined, arguments.length, private]; }
<!-- a comment
const yield = (await) => await + 1;
console.log(yield(1), static, _static, interface, let, package(1));
console.log(arguments.length, arguments[0] === exports, arguments[2] === module, new.target);
console.log((() => arguments[2] === module && new.target)());
