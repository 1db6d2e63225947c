import { atomic, sleep } from "corona";

class Door {
  open = false;
  toggle() {
    this.open = !this.open;
  }
  creak() {
    sleep(0);
  }
}

const doors = [new Door(), new Door()];
atomic: {
  doors[0].toggle(); //~ safe: flips a flag
  doors.at(-1)!.creak(); //~ blocks: every door creaks, and that sleeps
}
