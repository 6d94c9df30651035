/** The app on the home screen: whether it has to be there before somebody signs in. */
import type { App } from "./app";

/**
 * On an iPhone a tab of the browser keeps what it has apart from the app on the home screen, deletes it after a week
 * without use, and is told of no message. So a phone is not set up in one. What is done once and needs no phone of
 * one's own goes on there: stopping a lost phone, and signing in for another app.
 */
export function mustInstall({ session, surroundings }: App): boolean {
  const { entrance } = session;
  return (
    surroundings.phone === "iphone" &&
    !surroundings.installed &&
    entrance.lost === null &&
    entrance.handOff.value === null
  );
}

/** Where it is only better so: the way is told below the signing in. */
export function mayInstall({ surroundings }: App): boolean {
  return surroundings.phone === "android" && !surroundings.installed;
}
