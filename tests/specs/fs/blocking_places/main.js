// Reads in places where no other runtime can wait.
import { readTextFile, writeFile, mkdtemp, rm } from "corona:fs";

const dir = mkdtemp(process.env.TMPDIR + "/places-");
for (const name of ["a", "b", "c"]) writeFile(`${dir}/${name}`, String("cab".indexOf(name)));
const rank = (name) => Number(readTextFile(`${dir}/${name}`));
console.log(["a", "b", "c"].sort((x, y) => rank(x) - rank(y)));
console.log(JSON.stringify({ toJSON: () => readTextFile(dir + "/a") }));
console.log("a-b".replace(/[ab]/g, (name) => rank(name)));
console.log(`${{ [Symbol.toPrimitive]: () => rank("c") }}`);
rm(dir, { recursive: true });
