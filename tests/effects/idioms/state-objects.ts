import { atomic, yieldNow } from "corona";

interface State { press(door: Door): void }
class Door {
  state: State = closed;
  press() { this.state.press(this); }
}
const closed: State = { press(door) { door.state = open; } };
const open: State = { press(door) { yieldNow(); door.state = closed; } };

const door = new Door();
atomic(() => {
  door.press(); //~ blocks unreached: it is closed now; once open, pressing yields
});
atomic(() => {
  door.press(); //~ blocks: it is open
});
atomic(() => {
  closed.press(door); //~ safe: opening assigns
});
