export default { twice: (value: number): number => value * 2 };
