-- Each unsealing that began, for the data protection officer: whether anybody searched in it or not.
create table disclosure_unsealing (
    unsealing_id text primary key,
    case_id text not null references disclosure_case (case_id),
    organization text not null,
    ts bigint not null,
    by_user text not null,
    noticed_by text,
    noticed_ts bigint
);
create index disclosure_unsealing_unnoticed on disclosure_unsealing (organization, ts) where noticed_ts is null;
create index disclosure_unsealing_of on disclosure_unsealing (case_id);
comment on table disclosure_unsealing is 'owner: lanyard.governance.disclosure; retention: as the case''s log';
