import x from "./data.json";
console.log(`a
b`.length, x.y);
