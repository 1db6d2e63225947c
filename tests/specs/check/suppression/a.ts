// corona-ignore useless-suppression
let a = 1; // corona-ignore useless-suppresion: because
// corona-ignore useless-suppression: because
export { a };
