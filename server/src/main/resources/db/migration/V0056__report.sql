create table report (
    report_id    bigint      primary key generated always as identity,
    reporter     text        not null,
    organization text        not null,
    room_id      text        not null,
    event_id     text        not null,
    subject      text        not null,
    reason_key   text        not null,
    reason       bytea       not null,
    at           timestamptz not null
);
create index report_of_organization on report (organization, report_id);
comment on table report is 'owner: lanyard.messaging.report; retention: six years after the report, as for incidents';
comment on column report.reason is 'sealed with the key report-month/<reason_key> of the key store';
