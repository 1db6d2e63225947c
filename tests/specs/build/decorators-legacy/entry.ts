function mark(target: object, key: string) { console.log("property", key); }
function wrap(target: object, key: string, descriptor: PropertyDescriptor) { const old = descriptor.value; descriptor.value = function () { return `[${old.call(this)}]`; }; }
function seal(constructor: Function) { console.log("class", constructor.name.length > 0); }
function param(target: object, key: string | undefined, index: number) { console.log("parameter", index); }
@seal class A { @mark x = 1; constructor(@param y: number) {} @wrap m() { return "m"; } }
console.log(new A(1).m());
