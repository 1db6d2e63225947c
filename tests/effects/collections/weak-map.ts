import { atomic, sleep } from "corona";

const finalizers = new WeakMap<object, () => void>();
const labels = new WeakMap<object, () => string>();
const key = {};
finalizers.set(key, () => sleep(0));
labels.set(key, () => "key");

atomic(() => {
  labels.get(key)?.(); //~ safe: a string
  finalizers.get(key)?.(); //~ blocks: the finalizer sleeps
});
