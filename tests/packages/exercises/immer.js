import { applyPatches, current, enableMapSet, enablePatches, freeze, isDraft, original, produce, produceWithPatches } from "immer";
import { show, thrown } from "./show.js";

enableMapSet();
enablePatches();
const base = { list: [{ n: 1 }, { n: 2 }], map: new Map([["a", { x: 1 }]]), set: new Set([1]) };
const next = produce(base, (draft) => {
  draft.list.push({ n: 3 });
  draft.list[0].n = 10;
  draft.map.get("a").x++;
  draft.set.add(2);
  show("draft", [isDraft(draft), original(draft.list).length, current(draft.list).length]);
});
show("next", next);
show("shared", [next.list[1] === base.list[1], next.list[0] === base.list[0], base.list.length]);
const [after, patches, inverse] = produceWithPatches(next, (draft) => { draft.list.splice(0, 1); delete draft.list[0].n; });
show("patches", patches);
show("undone", applyPatches(after, inverse).list);
show("frozen", thrown(() => { "use strict"; next.list.push(1); }));
show("same", produce(base, () => {}) === base);
show("curried", produce((draft, by) => { draft.n += by; })({ n: 1 }, 5));
show("deep", Object.isFrozen(freeze({ a: { b: 1 } }, true).a));
