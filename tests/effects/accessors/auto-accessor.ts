import { atomic, sleep } from "corona";

function persisted(
  target: { get(this: unknown): number; set(this: unknown, value: number): void },
  _context: unknown,
) {
  return {
    get(this: unknown) { return target.get.call(this); },
    set(this: unknown, value: number) {
      sleep(0);
      target.set.call(this, value);
    },
  };
}
class Volume {
  accessor plain = 1;
  @persisted accessor stored = 2;
}

const volume = new Volume();
atomic(() => {
  volume.plain = 3; //~ safe: an ordinary accessor
  volume.stored = 4; //~ blocks: the decorator has replaced the setter by one that sleeps
});
