// 1
console.log("café");
