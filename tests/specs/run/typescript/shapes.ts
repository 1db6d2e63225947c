export interface Named { name: string }
export type Shape = Circle | Square;
export class Circle { constructor(readonly radius: number) {} }
export class Square { constructor(readonly side: number) {} }
export const area = (shape: Shape): number => shape instanceof Circle ? Math.PI * shape.radius ** 2 : shape.side ** 2;
