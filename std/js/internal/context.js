// The async context of a coroutine: V8's continuation-preserved embedder data.

import { ops } from "internal:ops";

/** Whether any context was ever set: until then nobody pays for one. */
export let framesUsed = false;

/** The async context of this coroutine: any value; inherited by tasks and reactions. */
export function getFrame() {
  return framesUsed ? ops.frame_get() : undefined;
}

export function setFrame(frame) {
  framesUsed = true;
  ops.frame_set(frame);
}
