import type { BackGesture } from "../model/navigation";

/**
 * The phone's back gesture through the browser's history. The address never changes: a place in the
 * app has no address, so that no room id is in a bar, a bookmark or a log.
 */
export function backGesture(): BackGesture {
  let hear: () => void = () => {};
  let ours = 0;
  addEventListener("popstate", () => {
    if (ours > 0) ours--;
    else hear();
  });
  return {
    deeper: () => history.pushState(null, ""),
    shallower(by) {
      // One event comes back for one call, however far it goes.
      ours++;
      history.go(-by);
    },
    onBack: (run) => void (hear = run),
  };
}
