-- Whoever looks through the audit for holds, or lifts one, asks of which case it is.
create index disclosure_hold_by_hold on disclosure_hold (hold_id);
