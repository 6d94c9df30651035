import type { BackGesture } from "../model/navigation";

/**
 * The phone's back gesture through the browser's history: as many entries above the first as the person is deep in
 * the app. The address never changes: a place in the app has no address, so that no room id is in a bar, a bookmark or
 * a log.
 *
 * What could go wrong: the browser goes back in its own time. Somebody who is back in the list and opens the next
 * conversation before it has would be one entry short, and the back after that would leave the app. What prevents it:
 * each entry says how deep it is, one step is taken at a time, and where the browser came to is where it goes on from.
 */
export function backGesture(): BackGesture {
  let hear: () => void = () => {};
  // A page that is loaded anew begins where it was left. Whoever goes back from there may.
  let first = deepNow();
  let wanted = first;
  let here = first;
  let goingBack = false;

  const follow = (): void => {
    if (goingBack) return;
    while (here < wanted) history.pushState({ deep: ++here }, "");
    if (here === wanted) return;
    goingBack = true;
    history.go(wanted - here);
  };

  addEventListener("popstate", () => {
    here = deepNow();
    first = Math.min(first, here);
    if (!goingBack && here < wanted) return hear();
    goingBack = false;
    follow();
  });

  return {
    deep(places) {
      wanted = first + places;
      follow();
    },
    onBack: (run) => void (hear = run),
  };
}

const deepNow = (): number => (history.state as { deep?: number } | null)?.deep ?? 0;
