/** The language shown now. English comes with the app; another is fetched when it is chosen. */
import { signal } from "@preact/signals";
import { en, type Dictionary } from "./en";

export type Language = "en" | "cy";

const shown = signal<{ language: Language; words: Dictionary }>({ language: "en", words: en });

/** Reads the dictionary; a component that does is drawn again when the language changes. */
export const words = (): Dictionary => shown.value.words;
export const languageNow = (): Language => shown.value.language;

/** False: its words could not be fetched, and the language stays as it is. */
export async function showLanguage(language: Language): Promise<boolean> {
  if (language === shown.peek().language) return true;
  try {
    const dictionary = language === "cy" ? (await import("./cy")).cy : en;
    shown.value = { language, words: dictionary };
    return true;
  } catch {
    return false;
  }
}
