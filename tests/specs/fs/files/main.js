import { appendFile, copyFile, exists, mkdtemp, open, readFile, readTextFile, rename, rm, stat, truncate, utimes, writeFile, chmod } from "corona:fs";

const dir = mkdtemp(process.env.TMPDIR + "/files-");
const file = dir + "/a.txt";
writeFile(file, "one\r\ntwo\n\nlast");
appendFile(file, new Uint8Array([33, 10]));
console.log(JSON.stringify(readTextFile(file)), readFile(file).length, readFile(file, "utf8") === readTextFile(file));
console.log(readTextFile(new URL("file://" + file)).length);

{
  using f = open(file, "r+");
  console.log([...f.lines()], f.readLine(), f.read());
  console.log(f.seek(5), f.readLine(), f.seek(0, "current"));
  f.write("X");
  console.log(f.readAt(3, 0), f.seek(0, "end"));
  const buffer = new Uint8Array(4);
  f.seek(0);
  console.log(f.readInto(buffer), buffer, f.text());
  f.writeAt("ONE", 0);
  f.truncate(9);
  console.log(f.stat().size, f.stat().isFile(), f.path === file, f.closed);
}
console.log(JSON.stringify(readTextFile(file)));

{
  using f = open(file, "a+");
  f.write("more\n");
  f.write("and more\n");
  f.sync();
}
console.log(stat(file).size, [...open(file).lines()]);

writeFile(file, "exclusive?", { flag: "w" });
try {
  writeFile(file, "no", { flag: "wx" });
} catch (error) {
  console.log(error.code, error.syscall);
}
copyFile(file, file + ".copy");
rename(file + ".copy", file + ".moved");
console.log(exists(file + ".copy"), exists(file + ".moved"));
truncate(file, 4);
chmod(file, 0o600);
utimes(file, 1, new Date(2000));
const stats = stat(file);
console.log(stats.size, (stats.mode & 0o777).toString(8), stats.atimeMs, stats.mtimeMs, stats.mtime.toISOString());
console.log(readTextFile("/proc/self/comm").trim() !== "");
writeFile(file, new Uint8Array([0xff, 0x41, 0xe2, 0x82]));
console.log(JSON.stringify(readTextFile(file)));
rm(dir, { recursive: true });
console.log(exists(dir));
