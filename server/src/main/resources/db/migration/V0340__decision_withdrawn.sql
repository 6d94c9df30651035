-- A decision that was marked as entered in error before anybody could have it goes nowhere any more, and its document
-- goes. `perhaps_sent` counts the times that it was given to somebody who may have put it in the record: of what is on
-- its way already nobody knows.
alter table decision
    add column withdrawn_ts bigint,
    add column perhaps_sent integer not null default 0,
    drop constraint decision_check,
    add constraint decision_document_check
        check ((document is null) = (acknowledged_ts is not null or withdrawn_ts is not null)),
    drop constraint decision_status_check,
    add constraint decision_status_check check (
        status in ('waiting', 'to_paste', 'in_record', 'saved_to_folder', 'pasted', 'refused', 'withdrawn', 'disposed')),
    add constraint decision_withdrawn_check check ((status = 'withdrawn') = (withdrawn_ts is not null));
update decision set perhaps_sent = attempts where document is not null;
drop index decision_held;
create index decision_held on decision ((coalesce(acknowledged_ts, withdrawn_ts)))
    where (acknowledged_ts is not null or withdrawn_ts is not null) and not let_go;
comment on table decision is 'owner: lanyard.governance.carerecord; retention: the sealed document until the record acknowledges it or it is withdrawn, the line as long as the record it names';
