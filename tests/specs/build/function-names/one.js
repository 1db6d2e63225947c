export default function () {}
export class Klass {}
export const arrow = () => {};
export function declared() {}
export let given;
export const give = () => (given ??= function* () {});
export const { taken = () => {} } = {};
