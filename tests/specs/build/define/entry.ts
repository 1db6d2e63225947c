declare const VERSION: string;
if (process.env.NODE_ENV === "production") console.log("production", VERSION); else console.log("REMOVED");
function inner(VERSION: string) { return VERSION; }
console.log(inner("shadowed"), typeof FLAG);
