// corona:fs: files and directories. Every function that asks the disk may block, and only its own coroutine waits.

import { blocking, blockingMethods, invalidArgument, ops } from "internal:core";
import { pathOf } from "internal:paths";
import { DirEntry, Stats } from "internal:fs_entries";
import {
  Closable, KEY, READING, checkBuffer, checkData, checkSize, makeReadable, makeWritable, openHandle, writeAll,
} from "internal:streams";

export { DirEntry, Stats };

const MODULE = "corona:fs";

export const constants = Object.freeze({ F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 });

// Linux's numbers, which all its processors share.
const WRONLY = 0o1;
const RDWR = 0o2;
const CREAT = 0o100;
const EXCL = 0o200;
const TRUNC = 0o1000;
const APPEND = 0o2000;
const FLAGS = {
  "__proto__": null,
  "r": 0,
  "r+": RDWR,
  "w": WRONLY | CREAT | TRUNC,
  "wx": WRONLY | CREAT | TRUNC | EXCL,
  "w+": RDWR | CREAT | TRUNC,
  "wx+": RDWR | CREAT | TRUNC | EXCL,
  "a": WRONLY | CREAT | APPEND,
  "ax": WRONLY | CREAT | APPEND | EXCL,
  "a+": RDWR | CREAT | APPEND,
  "ax+": RDWR | CREAT | APPEND | EXCL,
};

function flagsOf(flag) {
  const flags = FLAGS[flag];
  if (flags === undefined) {
    throw invalidArgument("flag", `one of ${Object.keys(FLAGS).map((name) => JSON.stringify(name)).join(", ")}`, flag);
  }
  return flags;
}

function modeOf(mode, otherwise) {
  if (mode === undefined) return otherwise;
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) {
    throw invalidArgument("mode", "an integer from 0 to 0o7777", mode);
  }
  return mode;
}

function optionsOf(options) {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object") throw invalidArgument("options", "an object", options);
  return options;
}

function countOf(value, name) {
  if (!Number.isSafeInteger(value) || value < 0) throw invalidArgument(name, "an integer of at least 0", value);
  return value;
}

/** An open file, FIFO or device. */
export class File extends Closable {
  #path;

  constructor(key, id, path) {
    super(key, id);
    this.#path = path;
  }

  /** As it was given to `open`. */
  get path() {
    return this.#path;
  }

  readAt(size, position) {
    const max = checkSize(size);
    return ops.handle_read(openHandle(this, "file"), max, countOf(position, "position"));
  }

  readIntoAt(buffer, position) {
    checkBuffer(buffer);
    return ops.handle_read_into(openHandle(this, "file"), buffer, countOf(position, "position")) ?? 0;
  }

  writeAt(data, position) {
    checkData(data);
    writeAll(openHandle(this, "file"), data, countOf(position, "position"));
  }

  seek(offset, from = "start") {
    const whence = ["start", "current", "end"].indexOf(from);
    if (whence < 0) throw invalidArgument("from", '"start", "current" or "end"', from);
    if (!Number.isSafeInteger(offset)) throw invalidArgument("offset", "an integer", offset);
    if (whence === 0) countOf(offset, "offset");
    return ops.handle_seek(openHandle(this, "file"), offset, whence);
  }

  truncate(size = 0) {
    ops.handle_truncate(openHandle(this, "file"), countOf(size, "size"));
  }

  sync() {
    ops.handle_sync(openHandle(this, "file"));
  }

  stat() {
    return new Stats(ops.handle_stat(openHandle(this, "file")));
  }
}
makeReadable(File, (file) => openHandle(file, "file"));
makeWritable(File, "file");
blockingMethods(MODULE, File, [
  ...READING, "readAt", "readIntoAt", "write", "writeAt", "seek", "truncate",
  "sync", "stat",
]);

/** A function of this module that may block. */
const define = (fn) => blocking(MODULE, fn.name, fn);

export const open = define(function open(path, flag = "r", mode) {
  const name = pathOf(path);
  const flags = flagsOf(flag);
  return new File(KEY, ops.fs_open(name, flags, modeOf(mode, 0o666)), name);
});

export const readFile = define(function readFile(path, encoding) {
  if (typeof encoding === "object" && encoding !== null) encoding = encoding.encoding;
  const name = pathOf(path);
  if (encoding === undefined || encoding === null) return ops.fs_read_file(name);
  if (encoding !== "utf8" && encoding !== "utf-8") {
    throw invalidArgument("encoding", '"utf8" (read bytes and use TextDecoder for others)', encoding);
  }
  return ops.fs_read_text(name);
});

export const readTextFile = define(function readTextFile(path) {
  return ops.fs_read_text(pathOf(path));
});

export const writeFile = define(function writeFile(path, data, options) {
  writeWhole(path, data, options, "w");
});

export const appendFile = define(function appendFile(path, data, options) {
  writeWhole(path, data, options, "a");
});

function writeWhole(path, data, options, otherwise) {
  const name = pathOf(path);
  checkData(data);
  const { append, flag = append ? "a" : otherwise, mode } = optionsOf(options);
  const flags = flagsOf(flag);
  const permissions = modeOf(mode, 0o666);
  if (typeof data === "string") ops.fs_write_file(name, undefined, data, flags, permissions);
  else ops.fs_write_file(name, data, undefined, flags, permissions);
}

export const stat = define(function stat(path) {
  return new Stats(ops.fs_stat(pathOf(path), true));
});

export const lstat = define(function lstat(path) {
  return new Stats(ops.fs_stat(pathOf(path), false));
});

export const exists = define(function exists(path) {
  const name = pathOf(path);
  try {
    ops.fs_access(name, constants.F_OK);
    return true;
  } catch (error) {
    // Cancellation and the like are not answers.
    if (typeof error?.errno !== "number") throw error;
    return false;
  }
});

export const access = define(function access(path, mode = constants.F_OK) {
  const name = pathOf(path);
  if (!Number.isInteger(mode) || mode < 0 || mode > 7) throw invalidArgument("mode", "an integer from 0 to 7", mode);
  ops.fs_access(name, mode);
});

export const readDir = define(function readDir(path) {
  const name = pathOf(path);
  return ops.fs_read_dir(name).map(([entry, kind]) => new DirEntry(entry, name, kind));
});

export const mkdir = define(function mkdir(path, options) {
  const name = pathOf(path);
  const { recursive = false, mode } = optionsOf(options);
  return ops.fs_mkdir(name, Boolean(recursive), modeOf(mode, 0o777)) ?? undefined;
});

export const rm = define(function rm(path, options) {
  const name = pathOf(path);
  const { recursive = false, force = false } = optionsOf(options);
  ops.fs_rm(name, Boolean(recursive), Boolean(force));
});

export const rename = define(function rename(from, to) {
  ops.fs_rename(pathOf(from, "from"), pathOf(to, "to"));
});

export const copyFile = define(function copyFile(from, to, options) {
  const { exclusive = false } = optionsOf(options);
  ops.fs_copy_file(pathOf(from, "from"), pathOf(to, "to"), Boolean(exclusive));
});

export const symlink = define(function symlink(target, path) {
  ops.fs_symlink(pathOf(target, "target"), pathOf(path));
});

export const link = define(function link(existing, path) {
  ops.fs_link(pathOf(existing, "existing"), pathOf(path));
});

export const readlink = define(function readlink(path) {
  return ops.fs_readlink(pathOf(path));
});

export const realpath = define(function realpath(path) {
  return ops.fs_realpath(pathOf(path));
});

export const chmod = define(function chmod(path, mode) {
  const name = pathOf(path);
  if (mode === undefined) throw invalidArgument("mode", "an integer from 0 to 0o7777", mode);
  ops.fs_chmod(name, modeOf(mode));
});

export const utimes = define(function utimes(path, accessed, modified) {
  ops.fs_utimes(pathOf(path), milliseconds(accessed, "accessed"), milliseconds(modified, "modified"));
});

/** A time as Node takes it: a Date, or seconds since 1970. */
function milliseconds(time, name) {
  const ms = time instanceof Date ? time.getTime() : typeof time === "number" ? time * 1000 : NaN;
  if (!Number.isFinite(ms)) throw invalidArgument(name, "a valid Date or a number of seconds", time);
  return ms;
}

export const truncate = define(function truncate(path, size = 0) {
  ops.fs_truncate(pathOf(path), countOf(size, "size"));
});

export const mkdtemp = define(function mkdtemp(prefix) {
  return ops.fs_mkdtemp(pathOf(prefix, "prefix"));
});
