-- A file in a folder is not an entry in the health record: originals go only once somebody, or what empties the folder,
-- has said where in the record it is. Until then it is as open as what waits, and becomes overdue like it.
update decision set originals_go_ts = null where status = 'saved_to_folder';
drop index decision_unfinished;
create index decision_unfinished on decision (written_ts)
    where status in ('waiting', 'to_paste', 'refused', 'saved_to_folder');
drop index decision_releasable;
create index decision_releasable on decision (looked_at_ts, originals_go_ts) where status in ('in_record', 'pasted');
create index decision_in_folder on decision (line) where status = 'saved_to_folder';
