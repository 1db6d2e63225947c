import { atomic, sleep } from "corona";

interface Shape { area(): number }
class Square implements Shape {
  constructor(private side: number) {}
  area() { return this.side ** 2; }
}
class Measured implements Shape {
  area() {
    sleep(0); // asks the instrument
    return 3;
  }
}

const mixed: Shape[] = [new Square(2), new Measured()];
let sum = 0;
atomic(() => {
  for (const shape of mixed) {
    sum += shape.area(); //~ blocks: one of the shapes has to measure
  }
});
console.log(sum);
