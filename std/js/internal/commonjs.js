// `require`: the cache, the module objects, and the wait for a module that another coroutine is still loading.

import { ops } from "internal:ops";
import { state, wait, deferred, resolveFuture } from "internal:core";

const CURRENT = 1;

/** By id. */
const cache = new Map();

class Module {
  constructor(id, parent) {
    this.id = id;
    this.filename = pathOf(id);
    this.path = this.filename.slice(0, this.filename.lastIndexOf("/")) || "/";
    this.exports = {};
    this.loaded = false;
    this.children = [];
    this.parent = parent;
    this.paths = [];
  }
}

function pathOf(id) {
  return id.startsWith("file://") ? decodeURIComponent(id.slice(7)) : id;
}

/** The exports of the CommonJS or JSON module `id`, loaded when first asked for. Native code calls it for imports. */
export function require(id, parent) {
  const entry = cache.get(id);
  if (entry !== undefined) return finished(entry);
  if (id.endsWith(".json")) {
    const exports = JSON.parse(ops.json_text(id));
    cache.set(id, { module: { exports }, loader: -1, done: undefined });
    return exports;
  }
  const module = new Module(id, parent);
  const fresh = { module, loader: state[CURRENT], done: deferred() };
  cache.set(id, fresh);
  parent?.children.push(module);
  try {
    const body = ops.cjs_compile(id);
    Reflect.apply(body, module.exports, [module.exports, requireFor(module), module, module.filename, module.path]);
    module.loaded = true;
    return module.exports;
  } catch (error) {
    cache.delete(id);
    throw error;
  } finally {
    resolveFuture(fresh.done, undefined);
    fresh.done = undefined;
  }
}

/**
 * A module that this coroutine is loading is handed out unfinished: a cycle, as in Node. One that another coroutine is
 * loading (it blocked at its top level) is waited for.
 */
function finished(entry) {
  if (entry.done !== undefined && entry.loader !== state[CURRENT]) wait(entry.done);
  return entry.module.exports;
}

function requireFor(module) {
  const require = (specifier) => {
    if (typeof specifier !== "string" || specifier === "") {
      throw new TypeError(`The argument of require must be a string, got ${typeof specifier}`);
    }
    const [id, kind] = ops.cjs_resolve(module.id, specifier);
    if (kind === "cjs" || kind === "json") return load(id, module);
    const [namespace, done] = ops.esm_namespace(id);
    if (done !== undefined) wait(done);
    return Object.hasOwn(namespace, "module.exports") ? namespace["module.exports"] : namespace;
  };
  require.resolve = (specifier) => pathOf(ops.cjs_resolve(module.id, specifier)[0]);
  require.cache = Object.create(null);
  require.main = undefined;
  return require;
}

function load(id, parent) {
  return require(id, parent);
}

/** `require` as seen from the module `id`. */
export function createRequire(id) {
  return requireFor(new Module(id, undefined));
}
