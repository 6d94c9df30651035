-- Whether an acknowledgement is on the list outside the database, and the key of the decision's document is destroyed.
alter table decision add column let_go boolean not null default false;
create index decision_held on decision (acknowledged_ts) where acknowledged_ts is not null and not let_go;
