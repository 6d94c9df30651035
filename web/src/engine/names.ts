/** The names of Lanyard's own events and members (docs/api.md). */

/** {kind, purpose, owner, deputy?, created_ts, review_ts, posting} */
export const ROOM = "org.lanyard.room";
/** {linked, version}: never who. */
export const PATIENT = "org.lanyard.patient";
/** State key = the decision's id: {status, source_event_ids, decider, author, reference?} */
export const DECISION = "org.lanyard.decision";
/** {asks: true, goes_ts}: what is this old goes then, and the owner says what belongs in the record. */
export const RETENTION = "org.lanyard.retention";
/** {max_lifetime}: how long messages live, in milliseconds, for any Matrix client. */
export const LIFETIME = "m.room.retention";
/** In an urgent message's content: {urgent_id}; account data of that name says that something changed. */
export const URGENT = "org.lanyard.urgent";
/** State key = whose device: {user_id, device_id, code}, which keeps keys from the records custodian; or nothing any more. */
export const WITHHELD = "org.lanyard.withheld";
/** A receipt type only the author of an event is told. */
export const DELIVERED = "org.lanyard.delivered";
/** In the encrypted summary's content; other clients show it as an ordinary message. */
export const SUMMARY = "org.lanyard.decision_summary";

/** The custodian of the records: in every room, never counted, never thought to have read. */
export function isRecords(userId: string): boolean {
  return userId.startsWith("@records:");
}

/** The organisation's service user, which makes the rooms. */
export function isService(userId: string): boolean {
  return userId.startsWith("@lanyard:");
}

export function isPerson(userId: string): boolean {
  return !isRecords(userId) && !isService(userId);
}

/** In encrypted content: {task_id, bed, job, who, by_ts?, from_event_id?}, a job of the conversation's list. */
export const TASK = "org.lanyard.task";
/** In encrypted content: {task_id, done}, what became of a job. */
export const TASK_DONE = "org.lanyard.task_done";
/** In encrypted content: this is the note for the next shift. */
export const HANDOVER = "org.lanyard.handover";
/** In encrypted content: these words were said in another conversation. */
export const FORWARDED = "org.lanyard.forwarded";
/** State of the organisation's, key = who without the `@`: {from_ts, event_id?}, from when on they read back. */
export const READS_BACK = "org.lanyard.reads_back";
/** To a device, encrypted: {room_id, event_ids}, whose keys it is asked for. */
export const WANTED = "org.lanyard.room_keys.wanted";
/** To a device, encrypted: {room_id, keys}, as Matrix exports them. */
export const GIVEN = "org.lanyard.room_keys.given";
/** To the person's own device that was just compared, encrypted: {key}, which opens their secret storage. */
export const OWN_KEYS = "org.lanyard.secret_storage.key";
