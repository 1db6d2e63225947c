import { atomic, sleep } from "corona";

function Animal(name) {
  this.name = name;
}
Animal.prototype.speak = function () {
  sleep(0);
  return this.name;
};
Animal.prototype.rename = function (name) {
  this.name = name;
};

const animal = new Animal("cat");
atomic(() => {
  animal.rename("dog"); //~ safe: assigns
  animal.speak(); //~ blocks: the method on the prototype sleeps
});
