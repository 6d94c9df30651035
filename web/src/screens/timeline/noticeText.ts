import { words } from "../../i18n/language";
import { moment } from "../../i18n/format";
import type { Notice } from "../../engine/protocol";

/** `ts` is when it was said. */
export function noticeText(notice: Notice, ts: number): string {
  const text = words().item.notice;
  switch (notice.what) {
    case "created":
      return text.created(notice.by);
    case "joined":
      return notice.by === null || notice.by === notice.who
        ? text.joined(notice.who)
        : text.added(notice.who, notice.by);
    case "left":
      return text.left(notice.who);
    case "removed":
      return text.removed(notice.who, notice.by);
    case "reads_back": {
      const from = moment(notice.fromTs, ts);
      return notice.own ? text.youReadBack(from) : text.readsBack(notice.who, from);
    }
    case "records_joined":
      return text.records;
    case "patient_linked":
      return text.linked(notice.by);
    case "patient_unlinked":
      return text.unlinked(notice.by);
    case "decision":
      return decisionText(notice);
  }
}

function decisionText(notice: Extract<Notice, { what: "decision" }>): string {
  const text = words().item.notice;
  switch (notice.status) {
    case "waiting":
      return text.decisionWaiting;
    case "to_paste":
      return text.decisionToPaste;
    case "in_record":
    case "pasted":
      return text.decisionIn(
        notice.reference === null ? "" : words().item.reference(notice.reference),
      );
    case "saved_to_folder":
      return text.decisionFolder;
    case "refused":
      return text.decisionRefused;
    case "withdrawn":
      return text.decisionWithdrawn;
    case "disposed":
      return text.decisionDisposed;
    case "other":
      return text.decisionOther;
  }
}
