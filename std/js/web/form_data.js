// FormData: the fields of a form. How they travel as multipart is the business of HTTP.

import { blobBytes, File, isBlob, isFile } from "internal:web/blob";
import { badArgument, expose, KEY, need } from "internal:web/idl";
import { pairIterators, PICK } from "internal:web/pair_iterator";

const iterate = pairIterators("FormData");
const usv = (value) => `${value}`.toWellFormed();

/** The fields, names and values in turn; values are strings and Files. For std. */
export let formFields;
/** Whether it is a FormData. */
export let isFormData;

function readValue(value, filename, given, call) {
  if (!isBlob(value)) {
    if (given > 2) throw badArgument(`${call}: only a Blob can have a file name`);
    return usv(value);
  }
  if (isFile(value) && filename === undefined) return value;
  return new File(KEY, {
    bytes: blobBytes(value),
    type: value.type,
    name: filename === undefined ? "blob" : usv(filename),
    lastModified: isFile(value) ? value.lastModified : Date.now(),
  });
}

/** Fields by name, in order; a name may occur several times. */
export class FormData {
  #list = [];

  constructor(form = undefined) {
    if (form !== undefined) throw badArgument("new FormData(): there are no form elements here");
  }

  append(name, value, filename = undefined) {
    const list = this.#list;
    need(arguments.length, 2, "FormData.append()");
    list.push(usv(name), readValue(value, filename, arguments.length, "FormData.append()"));
  }

  delete(name) {
    const list = this.#list;
    need(arguments.length, 1, "FormData.delete()");
    name = usv(name);
    for (let i = list.length - 2; i >= 0; i -= 2) if (list[i] === name) list.splice(i, 2);
  }

  get(name) {
    const list = this.#list;
    need(arguments.length, 1, "FormData.get()");
    name = usv(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return null;
  }

  getAll(name) {
    const list = this.#list;
    need(arguments.length, 1, "FormData.getAll()");
    name = usv(name);
    return list.filter((_, i) => i % 2 === 1 && list[i - 1] === name);
  }

  has(name) {
    const list = this.#list;
    need(arguments.length, 1, "FormData.has()");
    name = usv(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return true;
    return false;
  }

  /** Replaces all fields of the name by one, where the first of them stands. */
  set(name, value, filename = undefined) {
    const list = this.#list;
    need(arguments.length, 2, "FormData.set()");
    name = usv(name);
    const entry = readValue(value, filename, arguments.length, "FormData.set()");
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name) continue;
      if (!found) {
        list[i + 1] = entry;
        found = true;
      } else {
        list.splice(i, 2);
        i -= 2;
      }
    }
    if (!found) list.push(name, entry);
  }

  forEach(callback, thisArg = undefined) {
    const list = this.#list;
    need(arguments.length, 1, "FormData.forEach()");
    if (typeof callback !== "function") throw badArgument("FormData.forEach(): the callback is not a function");
    for (let i = 0; i < list.length; i += 2) Reflect.apply(callback, thisArg, [list[i + 1], list[i], this]);
  }

  entries() {
    return iterate(this.#list, PICK.entries);
  }
  keys() {
    return iterate(this.#list, PICK.keys);
  }
  values() {
    return iterate(this.#list, PICK.values);
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[FormData]", "special");
    const fields = {};
    for (let i = 0; i < this.#list.length; i += 2) {
      const name = this.#list[i];
      if (!Object.hasOwn(fields, name)) fields[name] = this.#list[i + 1];
      else fields[name] = [fields[name], this.#list[i + 1]].flat();
    }
    return `FormData ${inspect(fields, { ...options, depth })}`;
  }

  static {
    formFields = (form) => form.#list;
    isFormData = (value) => typeof value === "object" && value !== null && #list in value;
  }
}
expose(FormData);
Object.defineProperty(FormData.prototype, Symbol.iterator, {
  value: FormData.prototype.entries, writable: true, configurable: true,
});
