import { exists, link, lstat, mkdir, mkdtemp, readDir, readlink, realpath, rm, stat, symlink, writeFile } from "corona:fs";
import { run } from "corona:child";

const dir = mkdtemp(process.env.TMPDIR + "/dirs-");
console.log(mkdir(dir + "/a"), mkdir(dir + "/x/y/z", { recursive: true }).slice(dir.length), mkdir(dir + "/x/y", { recursive: true }));
writeFile(dir + "/file", "");
symlink("file", dir + "/link");
link(dir + "/file", dir + "/hard");
run("mkfifo", [dir + "/fifo"], { check: true });
for (const entry of readDir(dir)) {
  console.log(entry.name, entry.kind, entry.isFile(), entry.isDirectory(), entry.isSymbolicLink(), entry.path.slice(dir.length));
}
console.log(readlink(dir + "/link"), realpath(dir + "/link").endsWith("/file"), lstat(dir + "/link").isSymbolicLink());
console.log(stat(dir + "/hard").nlink, stat(dir + "/fifo").isFIFO(), stat(dir).isDirectory());
rm(dir + "/link");
console.log(exists(dir + "/file"));
rm(dir, { recursive: true });
rm(dir, { recursive: true, force: true });
console.log(exists(dir));
