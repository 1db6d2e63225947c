namespace Shop {
  export let stock = 1;
  export function left() {
    return stock;
  }
  export namespace Prices {
    export const apple = 4;
  }
}
namespace Shop {
  export const first = stock + 1;
  stock = 5;
  export const total = () => left() * Prices.apple;
  {
    const stock = 9;
    console.log("of its own:", stock);
  }
}
namespace Shop.Prices {
  export const pear = apple + stock;
}
console.log(Shop.stock, Shop.first, Shop.total(), Shop.Prices.pear);

function counter() {}
namespace counter {
  export let count = 1;
}
namespace counter {
  count++;
  export const state = { count };
}
console.log(counter.count, counter.state);

export namespace Shapes {
  export class Circle {
    static sides = 1;
  }
}
export namespace Shapes {
  export class Oval extends Circle {}
}
console.log(Shapes.Oval.sides);
