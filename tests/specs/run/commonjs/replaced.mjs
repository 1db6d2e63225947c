const value = "what module.exports names";
export { value as "module.exports" };
