// corona:child: other programs as child processes, with pipes. No shell is involved unless `shell: true` asks for one.

import { CoronaError, blocking, blockingMethods, invalidArgument, on, ops } from "internal:core";
import { listeningNumber } from "internal:listening";
import { pathOf } from "internal:paths";
import { signalName, signalNumber } from "internal:signals";
import { Closable, KEY, READING, checkData, handleOf, makeReadable, openHandle, writeAll } from "internal:streams";

const MODULE = "corona:child";
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const TIME_MS_MAX = 2 ** 31 - 1;
/** As sd_listen_fds(3) allows. */
const LISTENER_NAME = /^[ -9;-~]{1,255}$/;

/** Standard input of a child. */
export class ChildInput extends Closable {
  write(data) {
    checkData(data);
    writeAll(openHandle(this, "child's standard input"), data);
  }
}
blockingMethods(MODULE, ChildInput, ["write"]);

/** An output of a child. When it has been read to its end it holds no descriptor any more, and reads as empty. */
export class ChildOutput extends Closable {
  #ended = false;

  static {
    const idOf = (output) => (output.#ended ? null : openHandle(output, "child's output"));
    makeReadable(this, idOf, (output) => {
      output.#ended = true;
      output.close();
    });
  }
}
blockingMethods(MODULE, ChildOutput, READING);

/** Processes that have not ended, by id. */
const running = new Map();

/** A process that this one has started. */
export class Process {
  #id;
  #pid;
  #stdin;
  #stdout;
  #stderr;
  #ended = null;

  constructor(key, id, pid, [stdin, stdout, stderr]) {
    if (key !== KEY) throw new TypeError("Illegal constructor");
    this.#id = id;
    this.#pid = pid;
    this.#stdin = stdin === null ? null : new ChildInput(KEY, stdin);
    this.#stdout = stdout === null ? null : new ChildOutput(KEY, stdout);
    this.#stderr = stderr === null ? null : new ChildOutput(KEY, stderr);
    running.set(id, this);
    ops.child_watch(id);
  }

  static {
    on("ChildExit", (id) => running.get(id)?.#end());
  }

  get pid() {
    return this.#pid;
  }
  get stdin() {
    return this.#stdin;
  }
  get stdout() {
    return this.#stdout;
  }
  get stderr() {
    return this.#stderr;
  }
  /** `{ code, signal }` once it has ended, null before. */
  get status() {
    const ended = this.#ended ?? ops.child_status(this.#id);
    return ended === null ? null : statusOf(ended);
  }

  wait() {
    this.#ended ??= ops.child_wait(this.#id);
    return statusOf(this.#ended);
  }

  kill(signal = "SIGTERM") {
    const number = signalNumber(signal);
    return this.#ended === null && ops.child_kill(this.#id, number);
  }

  ref() {
    if (this.#ended === null) ops.child_ref(this.#id, true);
    return this;
  }

  unref() {
    if (this.#ended === null) ops.child_ref(this.#id, false);
    return this;
  }

  close() {
    this.kill("SIGKILL");
    this.#stdin?.close();
    this.#stdout?.close();
    this.#stderr?.close();
  }

  [Symbol.dispose]() {
    this.close();
  }

  /** It has ended: its number may be given away, and nobody reads its input any more. */
  #end() {
    this.#ended ??= ops.child_status(this.#id);
    running.delete(this.#id);
    this.#stdin?.close();
    ops.child_close(this.#id);
  }
}
blockingMethods(MODULE, Process, ["wait"]);

function statusOf([code, signal]) {
  return { code, signal: signalName(signal) };
}

export const spawn = blocking(MODULE, "spawn", function spawn(command, args, options) {
  const { file, list, settings } = commandOf(command, args, options);
  const { cwd, env, detached = false, listeners = {} } = settings;
  const stdio = ["stdin", "stdout", "stderr"].map((name, fd) => stdioOf(settings[name] ?? "pipe", name, fd));
  const [id, pid, pipes] = ops.child_spawn(
    file, list, folderOf(cwd), environmentOf(env), stdio, Boolean(detached), listenersOf(listeners),
  );
  return new Process(KEY, id, pid, pipes);
});

export const run = blocking(MODULE, "run", function run(command, args, options) {
  const { file, list, settings } = commandOf(command, args, options);
  const { cwd, env, input, encoding = "utf8", check = false } = settings;
  if (encoding !== "utf8" && encoding !== "bytes") throw invalidArgument("encoding", '"utf8" or "bytes"', encoding);
  if (input !== undefined) checkData(input);
  const stdio = [
    input === undefined ? stdioOf(settings.stdin ?? "ignore", "stdin", 0) : ["pipe", 0],
    stdioOf(settings.stdout ?? "pipe", "stdout", 1),
    stdioOf(settings.stderr ?? "pipe", "stderr", 2),
  ];
  if (stdio[0][0] === "pipe" && input === undefined) {
    throw invalidArgument("stdin", '"inherit", "ignore", a descriptor or a File (what it reads is the option input)', "pipe");
  }
  const bytes = typeof input === "string" ? undefined : input;
  const text = typeof input === "string" ? input : undefined;
  const [code, number, stdout, stderr] =
    ops.child_run(file, list, folderOf(cwd), environmentOf(env), stdio, bytes, text, limitsOf(settings));
  const decode = (output) => (encoding === "utf8" ? ops.stdio_decode(output) : output);
  const result = { code, signal: signalName(number), stdout: decode(stdout), stderr: decode(stderr) };
  if (check && code !== 0) throw failure(command, result);
  return result;
});

function failure(command, result) {
  const how = result.signal === null ? `exit code ${result.code}` : `signal ${result.signal}`;
  const said = typeof result.stderr === "string" ? result.stderr.trim() : "";
  const error = new CoronaError("CORONA1014", `"${command}" ended with ${how}${said === "" ? "" : `: ${said.slice(0, 2000)}`}`);
  error.result = result;
  return error;
}

/** Sorts out `(command, args?, options?)`. */
function commandOf(command, args, options) {
  if (typeof args === "object" && !Array.isArray(args) && options === undefined) {
    options = args;
    args = undefined;
  }
  const settings = options ?? {};
  if (typeof settings !== "object") throw invalidArgument("options", "an object", options);
  const file = command instanceof Object ? pathOf(command, "command") : command;
  if (typeof file !== "string" || file === "" || file.includes("\0")) {
    throw invalidArgument("command", "a string that is not empty, without NUL characters", command);
  }
  if (args !== undefined && args !== null && !Array.isArray(args)) throw invalidArgument("args", "an array of strings", args);
  const list = (args ?? []).map((arg, index) => textOf(arg, `args[${index}]`));
  if (settings.shell) {
    return { file: "/bin/sh", list: ["/bin/sh", "-c", [file, ...list].join(" ")], settings };
  }
  const name = settings.argv0 === undefined ? file : textOf(settings.argv0, "argv0");
  return { file, list: [name, ...list], settings };
}

function textOf(value, name) {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.includes("\0")) throw invalidArgument(name, "a string without NUL characters", value);
  return text;
}

function folderOf(cwd) {
  return cwd === undefined || cwd === null ? undefined : pathOf(cwd, "cwd");
}

function environmentOf(env) {
  if (env === undefined || env === null) return undefined;
  if (typeof env !== "object") throw invalidArgument("env", "an object", env);
  const entries = Object.entries(env).filter(([, value]) => value !== undefined);
  return entries.map(([name, value]) => {
    if (name === "" || name.includes("=")) throw invalidArgument("env", "an object of names without =", name);
    return [textOf(name, "env"), textOf(String(value), `env.${name}`)];
  });
}

/** Names and numbers of what the child is to listen with too. */
function listenersOf(value) {
  if (typeof value !== "object" || value === null) throw invalidArgument("listeners", "an object of servers", value);
  return Object.entries(value).map(([name, server]) => {
    if (!LISTENER_NAME.test(name) || /^\d+$/.test(name)) {
      throw invalidArgument("listeners", "an object whose names are printable, without colons, and no numbers", name);
    }
    const number = listeningNumber(server);
    if (number === undefined) throw invalidArgument(`listeners.${name}`, "what serve() or listen() returned", server);
    return [name, number];
  });
}

/** What a descriptor of the child is to be, for the op. */
function stdioOf(value, name, fd) {
  switch (value) {
    case "pipe":
      return ["pipe", 0];
    case "ignore":
      return ["null", 0];
    case "inherit":
      return ["number", fd];
  }
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return ["number", value];
  const handle = handleOf(value);
  if (handle !== undefined) return ["handle", handle];
  throw invalidArgument(name, '"pipe", "inherit", "ignore", a descriptor or an open File', value);
}

function limitsOf({ timeout = 0, maxBuffer = OUTPUT_BYTES_MAX, killSignal = "SIGTERM" }) {
  if (typeof timeout !== "number" || !(timeout >= 0 && timeout <= TIME_MS_MAX)) {
    throw invalidArgument("timeout", `milliseconds from 0 (no limit) to ${TIME_MS_MAX}`, timeout);
  }
  if (!Number.isSafeInteger(maxBuffer) || maxBuffer < 0) throw invalidArgument("maxBuffer", "a number of bytes", maxBuffer);
  return [maxBuffer, timeout, signalNumber(killSignal, "killSignal")];
}
