// What corona:fs says about files: the result of stat, and entries of directories.

const FIELDS = [
  "dev", "mode", "nlink", "uid", "gid", "rdev", "blksize", "ino", "size", "blocks",
  "atimeMs", "mtimeMs", "ctimeMs", "birthtimeMs",
];
const TYPE_MASK = 0o170000;

/** The result of `stat`. */
export class Stats {
  constructor(numbers) {
    for (let index = 0; index < FIELDS.length; index++) this[FIELDS[index]] = numbers[index];
  }

  get atime() {
    return new Date(this.atimeMs);
  }
  get mtime() {
    return new Date(this.mtimeMs);
  }
  get ctime() {
    return new Date(this.ctimeMs);
  }
  get birthtime() {
    return new Date(this.birthtimeMs);
  }
  isFile() {
    return (this.mode & TYPE_MASK) === 0o100000;
  }
  isDirectory() {
    return (this.mode & TYPE_MASK) === 0o040000;
  }
  isSymbolicLink() {
    return (this.mode & TYPE_MASK) === 0o120000;
  }
  isFIFO() {
    return (this.mode & TYPE_MASK) === 0o010000;
  }
  isSocket() {
    return (this.mode & TYPE_MASK) === 0o140000;
  }
  isCharacterDevice() {
    return (this.mode & TYPE_MASK) === 0o020000;
  }
  isBlockDevice() {
    return (this.mode & TYPE_MASK) === 0o060000;
  }
}

/** The kinds by the numbers of `runtime/src/io/fs/tree.rs`. */
const KINDS = ["unknown", "file", "directory", "symlink", "fifo", "socket", "characterDevice", "blockDevice"];

/** One entry of a directory. */
export class DirEntry {
  constructor(name, parentPath, kind) {
    this.name = name;
    this.parentPath = parentPath;
    this.kind = KINDS[kind];
  }

  get path() {
    return this.parentPath.endsWith("/") ? this.parentPath + this.name : `${this.parentPath}/${this.name}`;
  }
  isFile() {
    return this.kind === "file";
  }
  isDirectory() {
    return this.kind === "directory";
  }
  isSymbolicLink() {
    return this.kind === "symlink";
  }
}
