import { Icon, type IconName } from "../icon/Icon";
import "./Action.scss";

interface ActionProps {
  icon: IconName;
  label: string;
  hint?: string;
  onPress: () => void;
}

/** One of the things that can be done, in a list of them. */
export function Action({ icon, label, hint, onPress }: ActionProps) {
  return (
    <li>
      <button type="button" class="action" onClick={onPress}>
        <Icon name={icon} size={24} />
        <span>
          <span class="action__label">{label}</span>
          {hint && <span class="action__hint">{hint}</span>}
        </span>
      </button>
    </li>
  );
}
