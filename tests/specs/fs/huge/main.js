// A huge file stops nobody while it is read, and one that is too large is refused before it is read.
import { open, readFile, readTextFile, rm, truncate, writeFile } from "corona:fs";

const path = process.env.TMPDIR + "/huge";
writeFile(path, "");
let ticks = 0;
const ticker = setInterval(() => ticks++, 1);

truncate(path, 300 * 1024 * 1024);
ticks = 0;
console.log(readFile(path).length, ticks > 5);
{
  using file = open(path);
  file.seek(299 * 1024 * 1024);
  console.log(file.readAll().length, file.read());
}
for (const [size, read] of [[600 * 1024 * 1024, readTextFile], [3 * 1024 ** 3, readFile]]) {
  truncate(path, size);
  try {
    read(path);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
{
  using file = open(path);
  console.log(file.stat().size, file.seek(-1, "end"), file.read());
}
rm(path);
clearInterval(ticker);
