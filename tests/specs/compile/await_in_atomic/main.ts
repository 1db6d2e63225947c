export async function sell(price: Promise<number>) {
  atomic: {
    return await price;
  }
}
