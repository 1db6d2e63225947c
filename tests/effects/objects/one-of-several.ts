import { sleep } from "corona";

// What only one of several objects of a class got is not certain to be called on another.

class Service {
  onSave: (() => void) | null = null;
  save() {
    this.onSave?.();
  }
}
const plain = new Service();
const watched = new Service();
watched.onSave = () => sleep(1);

const make = () => ({
  f: null as (() => void) | null,
  run() {
    this.f?.();
  },
});
const bare = make();
const given = make();
given.f = () => sleep(1);

const single = { f: null as (() => void) | null };
single.f = () => sleep(1);

atomic: {
  plain.save(); //~ safe: nobody watches it
  watched.save(); //~ blocks: who watches it sleeps
  bare.run(); //~ safe: it has got nothing to run
  given.run(); //~ blocks: sleeps
  single.f(); //~ blocks: sleeps
}
