export function used() {}
