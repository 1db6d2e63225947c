export default class {}
export class Klass {
  static inBlock;
  static { this.inBlock = this.name; }
  static field = Klass.name;
}
export class Named { static name() {} }
export const arrow = class {};
export function declared() { return declared.name; }
export let given;
export const give = () => (given = async () => {});
export const [taken = (class { static own = this.name; })] = [];
const __proto__ = () => {};
export { __proto__ as proto };
