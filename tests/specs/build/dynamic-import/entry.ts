const first = await import("./late.ts");
const second = await import("./late.ts");
console.log(first.value, first === second, first.shared());
console.log((await import("./lib.cjs")).default.x);
const failed = await import("./broken.ts").catch((error) => error.message);
console.log(failed);
