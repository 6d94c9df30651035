import { IconButton } from "../button/Button";
import { Icon } from "../icon/Icon";
import "./SearchField.scss";

interface SearchFieldProps {
  id: string;
  label: string;
  clear: string;
  value: string;
  onType: (value: string) => void;
}

/** A labelled box to search by, emptied by one tap; in a form with the role `search`. */
export function SearchField({ id, label, clear, value, onType }: SearchFieldProps) {
  return (
    <>
      <label class="search__label" for={id}>
        {label}
      </label>
      <div class="search__box">
        <Icon name="search" size={20} />
        <input
          class="search__input"
          id={id}
          type="text"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={value}
          onInput={(event) => onType(event.currentTarget.value)}
        />
        {value !== "" && (
          <IconButton icon="close" size={20} label={clear} onPress={() => onType("")} />
        )}
      </div>
    </>
  );
}
