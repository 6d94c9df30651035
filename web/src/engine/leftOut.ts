/**
 * What the SDK brings and this app never uses: calls, widgets, older key stores, a second kind of
 * sync. `scripts/leaveOut.mjs` gives the Worker these in its place, a third of what a phone would
 * fetch. Nothing here does anything: the client only makes, starts and stops it.
 */
import { NamespacedValue, UnstableValue } from "matrix-js-sdk/lib/NamespacedValue";

export { NamespacedValue, UnstableValue };

class Absent {
  start(): void {}
  stop(): void {}
}

export {
  Absent as CallEventHandler,
  Absent as GroupCall,
  Absent as GroupCallEventHandler,
  Absent as MatrixRTCSessionManager,
  Absent as MediaHandler,
  Absent as MSC3089TreeSpace,
  Absent as SlidingSyncSdk,
};

export const supportsMatrixCall = (): boolean => false;
export const createNewMatrixCall = (): null => null;
/** Asks the server for relays of calls, at every start. */
export const createRtcTransportsCachedValue = (): Absent => new Absent();
export const DEFAULT_TREE_POWER_LEVELS_TEMPLATE = {};
export const RTC_NOTIFICATION_MAX_LIFETIME_MS = 0;

/** There never was an older store of keys on a phone of ours. */
export const migrateFromLegacyCrypto = async (): Promise<void> => {};
export const migrateRoomSettingsFromLegacyCrypto = async (): Promise<void> => {};
export const migrateLegacyLocalTrustIfNeeded = async (): Promise<void> => {};

export const M_POLL_START = new UnstableValue("m.poll.start", "org.matrix.msc3381.poll.start");
export const ExtensibleEvents = { parse: (): undefined => undefined };

/** Letters that look alike count as different: names are shown as our server's directory has them. */
export default (text: string): string => text;
