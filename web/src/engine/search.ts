/** Letters as people search for them: no case, no accents. */
export const foldedText = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("en-GB");

/** Every word that is looked for begins a word of the text, in any order. `wanted` is folded. */
export function isFound(wanted: string, text: string): boolean {
  const words = foldedText(text).split(/[^\p{L}\p{N}]+/u);
  return wanted
    .split(/\s+/)
    .filter((term) => term !== "")
    .every(
      (term) => words.some((word) => word.startsWith(term)) || foldedText(text).includes(term),
    );
}
