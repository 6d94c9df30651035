-- Messages that went to the wrong person: who had read them when their author said so.

create table misdirection (
    case_id      text        primary key,
    organization text        not null,
    room_id      text        not null,
    event_id     text        not null,
    author       text        not null,
    sent_at      timestamptz not null,
    reported_at  timestamptz not null,
    why_key      text        not null,
    why          bytea       not null,
    outcome      text,
    closed_by    text,
    closed_at    timestamptz,
    unique (room_id, event_id)
);
create index misdirection_of_organization on misdirection (organization, reported_at desc);
comment on table misdirection is 'owner: lanyard.governance.misdirection; retention: six years after the report, as for incidents';
comment on column misdirection.why is 'sealed with the key misdirection-month/<why_key> of the key store';

create table misdirection_reader (
    case_id      text        not null references misdirection (case_id),
    user_id      text        not null,
    read_at      timestamptz,
    delivered_at timestamptz,
    primary key (case_id, user_id)
);
comment on table misdirection_reader is 'owner: lanyard.governance.misdirection; retention: with its case';
comment on column misdirection_reader.read_at is 'when the server learnt at the latest that they had read it; empty: it did not';
