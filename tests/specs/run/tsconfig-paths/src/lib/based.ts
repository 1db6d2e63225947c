const based: string = "by base URL";
export default based;
