export default () => {};
export class Named { static name = "field"; }
export const __proto__ = function () {};
