import { atomic, sleep } from "corona";

function Animal(name) { if (!(this instanceof Animal)) return new Animal(name); this.name = name; }
Animal.prototype = { constructor: Animal, speak() { return this.name; }, rest() { sleep(0); } };
function Dog() { Animal.call(this, "dog"); }
Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog } });
const dog = new Dog();
let text = "";
atomic(() => {
  text = dog.speak(); //~ safe: the name
  text += Animal("cat").speak(); //~ safe: the name
  dog.rest(); //~ blocks: inherited
});
console.log(text);
