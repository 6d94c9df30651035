import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { words } from "../../i18n/language";
import { useApp } from "./useApp";

/** Said once, with time to act on it; what is typed is sealed before the lock in any case. */
export function AutoLockWarning() {
  const { session, surroundings } = useApp();
  const locksAt = session.locksAt.value;
  const [now, setNow] = useState(surroundings.now());
  useEffect(() => {
    if (locksAt === null) return;
    const timer = setInterval(() => setNow(surroundings.now()), 1000);
    setNow(surroundings.now());
    return () => clearInterval(timer);
  }, [locksAt]);
  const open = session.state.value.at === "open";
  return (
    <div class="auto-lock" role="alert">
      {open && locksAt !== null && (
        <div class="auto-lock__box">
          {/* The number is not read out each second. */}
          <span aria-hidden="true">
            {words().app.locksSoon(Math.max(0, Math.ceil((locksAt - now) / 1000)))}
          </span>
          <span class="hidden">{words().app.locksSoon(20)}</span>
          <Button small look="secondary" onPress={() => session.stayOpen()}>
            {words().app.stayOpen}
          </Button>
        </div>
      )}
    </div>
  );
}
