import { atomic, yieldNow } from "corona";

abstract class Layer {
  next?: Layer;
  then(layer: Layer) { this.next = layer; return layer; }
  handle(request: string): string { return this.next ? this.next.handle(request) : request; }
}
class Trim extends Layer {
  override handle(request: string) { return super.handle(request.trim()); }
}
class Throttle extends Layer {
  override handle(request: string) { yieldNow(); return super.handle(request); }
}

const light = new Trim();
light.then(new Trim());
const heavy = new Trim();
heavy.then(new Throttle()).then(new Trim());
let text = "";
atomic: {
  text = light.handle(" a "); //~ safe: trims twice
}
atomic: {
  text = heavy.handle(" b "); //~ blocks: a layer inside yields
}
console.log(text);
