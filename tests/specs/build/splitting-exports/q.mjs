export const q = () => "q";
export const make = () => "made";
