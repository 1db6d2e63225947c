console.log("lazy loads once");
export default "lazy";
export const other = 1;
