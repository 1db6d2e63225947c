let a: number;
