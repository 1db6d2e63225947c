import { atomic, sleep } from "corona";

class Panel {
  constructor() {
    this.onSave = this.onSave.bind(this);
    this.onHide = this.onHide.bind(this);
    this.visible = true;
  }
  onSave() { this.persist(); }
  onHide() { this.visible = false; }
  persist() { sleep(0); }
}

const { onSave, onHide } = new Panel();
atomic(() => {
  onHide(); //~ safe: sets a flag
  onSave(); //~ blocks: persist sleeps
});
