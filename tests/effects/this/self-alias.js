import { atomic, sleep } from "corona";

function Pump() {
  var self = this;
  this.strokes = 0;
  this.stroke = function () {
    self.strokes++;
    self.rest();
  };
  this.count = function () {
    return self.strokes;
  };
}
Pump.prototype.rest = function () {
  sleep(0);
};

const pump = new Pump();
atomic(() => {
  pump.count(); //~ safe: reads through the alias
  pump.stroke(); //~ blocks: self is the pump, its rest sleeps
});
