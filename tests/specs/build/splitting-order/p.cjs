globalThis.P = "polyfilled";
console.log("p");
