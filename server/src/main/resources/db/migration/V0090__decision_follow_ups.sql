-- What follows a decision is a line of its own with a document of its own: a decision that replaces it, the mark that it
-- was entered in error, the confirmation by whoever was named as having decided. `about` is the decision it follows.
alter table decision
    add column kind text not null default 'decision'
        check (kind in ('decision', 'replacement', 'error', 'confirmation')),
    add column about text references decision (id),
    add column error_reason text
        check (error_reason in ('wrong_patient', 'wrong_words', 'not_decided', 'duplicate', 'other')),
    add column adviser text,
    add column confirmed_ts bigint,
    add column pasted_by text,
    add column overdue_ts bigint,
    add column escalated_ts bigint,
    add check ((kind = 'decision') = (about is null)),
    add check ((kind = 'error') = (error_reason is not null)),
    drop constraint decision_sink_check,
    add constraint decision_sink_check check (sink in ('fhir', 'folder', 'paste')),
    drop constraint decision_status_check,
    add constraint decision_status_check check (
        status in ('waiting', 'to_paste', 'in_record', 'saved_to_folder', 'pasted', 'refused', 'disposed'));
create index decision_about on decision (about) where about is not null;
create index decision_unfinished on decision (written_ts) where status in ('waiting', 'to_paste', 'refused');
drop index decision_releasable;
create index decision_releasable on decision (looked_at_ts, originals_go_ts)
    where status in ('in_record', 'saved_to_folder', 'pasted');
