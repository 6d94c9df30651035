import { languageNow, words } from "../../i18n/language";
import { useApp } from "./useApp";
import "./AppView.scss";

/** Each language under its own name, on the screens before the app is open and under Me. */
export function LanguageChoice() {
  const { session } = useApp();
  const text = words().app;
  const languages = [
    ["en", text.english],
    ["cy", text.welsh],
  ] as const;
  return (
    <div class="languages" role="group" aria-label={text.language}>
      {languages.map(([language, name]) => (
        <button
          type="button"
          key={language}
          lang={language}
          class="languages__one"
          aria-pressed={languageNow() === language}
          onClick={() => session.preferences.setLanguage(language)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
