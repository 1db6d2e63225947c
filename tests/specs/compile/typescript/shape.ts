export interface Shape {
  sum(): number;
}
export const label: string = "shape";
