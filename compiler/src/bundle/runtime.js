// What bundles bring along: of these functions, those that are used.

var defineProperty = Object.defineProperty;

// Runs a CommonJS module once; again if it fails.
export var __commonJS = (run, module) => () => {
  if (!module) {
    try {
      run.call((module = { exports: {} }).exports, module.exports, module);
    } catch (error) {
      module = 0;
      throw error;
    }
  }
  return module.exports;
};

// Runs an ES module once, when it is first asked for. If it fails, it fails again for whoever asks next.
export var __esm = (run, result, failed) => () => {
  if (failed) throw failed.error;
  if (run) {
    try {
      result = (0, run)((run = 0));
    } catch (error) {
      failed = { error };
      throw error;
    }
  }
  return result;
};

// An object that shows the exports of an ES module.
export var __namespace = (getters) => {
  let namespace = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
  for (let name in getters) defineProperty(namespace, name, { get: getters[name], enumerable: true });
  return namespace;
};

// Adds what `export * from` finds only when it runs.
export var __reExport = (namespace, from) => {
  for (let name of Object.getOwnPropertyNames(from)) {
    if (name !== "default" && name !== "__esModule" && !Object.hasOwn(namespace, name)) {
      defineProperty(namespace, name, { get: () => from[name], enumerable: true });
    }
  }
  return namespace;
};

// What an ES module sees of a CommonJS module. With `node`, the default export is always all of it.
export var __toESM = (module, node, namespace) => {
  namespace = module != null ? Object.create(Object.getPrototypeOf(module)) : {};
  if (node || !module || !module.__esModule) defineProperty(namespace, "default", { value: module, enumerable: true });
  if ((module && typeof module === "object") || typeof module === "function") {
    for (let name of Object.getOwnPropertyNames(module)) {
      if (!Object.hasOwn(namespace, name)) {
        defineProperty(namespace, name, {
          get: () => module[name],
          enumerable: name === "__esModule" || Object.getOwnPropertyDescriptor(module, name).enumerable,
        });
      }
    }
  }
  return namespace;
};

// What `require` of an ES module gives.
var required = /* @__PURE__ */ new WeakMap();
export var __toCommonJS = (namespace) => {
  let exports = required.get(namespace);
  if (!exports) {
    if ("module.exports" in namespace) return namespace["module.exports"];
    exports = defineProperty({}, "__esModule", { value: true });
    required.set(namespace, exports);
    for (let name of Object.getOwnPropertyNames(namespace)) {
      defineProperty(exports, name, { get: () => namespace[name], enumerable: true, configurable: true });
    }
  }
  return exports;
};

// `require` of what is not in the bundle.
export var __require = /* @__PURE__ */ Object.assign(
  (specifier) => {
    let builtin = globalThis.process?.getBuiltinModule;
    if (typeof require === "function") return require(specifier);
    if (builtin) return builtin("module").createRequire(import.meta.url)(specifier);
    throw Object.assign(new Error('Cannot find module "' + specifier + '"'), { code: "MODULE_NOT_FOUND" });
  },
  {
    resolve: (specifier) => {
      let builtin = globalThis.process?.getBuiltinModule;
      if (builtin) return builtin("module").createRequire(import.meta.url).resolve(specifier);
      throw Object.assign(new Error('Cannot find module "' + specifier + '"'), { code: "MODULE_NOT_FOUND" });
    },
  },
);

// What was not found when the bundle was made.
export var __missing = (specifier) => {
  throw Object.assign(new Error('Cannot find module "' + specifier + '"'), { code: "MODULE_NOT_FOUND" });
};
