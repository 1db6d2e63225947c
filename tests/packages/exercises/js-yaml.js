import * as yaml from "js-yaml";
import { show } from "./show.js";

const text = "a: &x [1, 2.5, 0x1f, true, ~, 'q', \"\\u0041\"]\nb: *x\nc:\n  - d: |\n      two\n      lines\n    e: >-\n      folded\n      text\n  - [m, n]\nwhen: 2001-12-14t21:59:43.10-05:00\nmerged:\n  <<: { k: 1, l: 2 }\n  l: 3\n";
show("load", yaml.load(text, { json: true }));
show("dump", yaml.dump({ list: [1, [2, { x: null }]], text: "multi\nline\n", quoted: "yes: no", empty: {}, date: new Date(0), nested: { a: { b: [] } } }));
const shared = { s: 1 };
show("refs", yaml.dump({ a: shared, b: shared }));
show("flow", yaml.dump({ z: [1, { y: 2 }], a: 1 }, { flowLevel: 1, sortKeys: true }));
show("all", (yaml.loadAll ?? (() => []))("a: 1\n---\n- b\n---\nc"));
try { yaml.load("a: [1, 2\nb: }"); } catch (error) { show("error", [error.name, error.reason, error.mark.line]); }
