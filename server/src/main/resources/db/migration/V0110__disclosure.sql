-- Who was where at a time: every stay of a person, ended ones too.
create index room_state_member_ever on room_state (state_key, room_nid) where type = 'm.room.member';

-- How much was said by whom and when, from the index alone.
create index event_said on event (room_nid, ts) include (sender)
    where state_key is null and type in ('m.room.message', 'm.room.encrypted');

-- A request for what was said. Words about the requester are sealed by the case's own key.
create table disclosure_case (
    case_id text primary key,
    organization text not null,
    kind text not null,
    state text not null,
    received date not null,
    given date,
    acknowledged date,
    identity text not null check (identity in ('needed', 'shown', 'not_needed')),
    sealed bytea not null,
    persons text[] not null,
    patients text[] not null,
    rooms text[] not null,
    from_ts bigint not null,
    to_ts bigint not null,
    opened_by text not null,
    opened_ts bigint not null,
    extension_told date,
    extension_until date,
    asked_by text,
    asked_reason bytea,
    approved_by text,
    approved_ts bigint,
    spent_ts bigint,
    quiet_until_ts bigint not null default 0,
    closed_ts bigint
);
create index disclosure_case_open on disclosure_case (organization, opened_ts);
comment on table disclosure_case is 'owner: lanyard.governance.disclosure; retention: three years after the case was closed, its key sooner if the law says so';

-- In which rooms and when, with why, and why not if it is left out.
create table disclosure_room (
    case_id text not null references disclosure_case (case_id),
    room_id text not null,
    from_ts bigint not null,
    to_ts bigint not null,
    why text not null,
    left_out_by text,
    primary key (case_id, room_id, from_ts)
);
create index disclosure_room_of on disclosure_room (room_id);
comment on table disclosure_room is 'owner: lanyard.governance.disclosure; retention: as the case';

create table disclosure_hold (
    case_id text not null references disclosure_case (case_id),
    hold_id text not null,
    subject text not null,
    from_ts bigint not null,
    to_ts bigint not null,
    lifted boolean not null default false,
    primary key (case_id, hold_id)
);
comment on table disclosure_hold is 'owner: lanyard.governance.disclosure; retention: as the case';

create table disclosure_stop (
    case_id text not null references disclosure_case (case_id),
    why text not null,
    from_day date not null,
    to_day date,
    primary key (case_id, from_day, why)
);
comment on table disclosure_stop is 'owner: lanyard.governance.disclosure; retention: as the case';

-- Everything that was done in a case, reading included; every line has its leaf in the audit.
create table disclosure_log (
    case_id text not null references disclosure_case (case_id),
    n integer not null,
    ts bigint not null,
    by_user text not null,
    action text not null,
    sealed bytea not null,
    primary key (case_id, n)
);
comment on table disclosure_log is 'owner: lanyard.governance.disclosure; retention: as the case';

create table disclosure_time (
    case_id text not null references disclosure_case (case_id),
    n integer not null,
    by_user text not null,
    day date not null,
    minutes integer not null,
    task text not null,
    primary key (case_id, n)
);
comment on table disclosure_time is 'owner: lanyard.governance.disclosure; retention: as the case';

-- What an appropriate health professional thought of telling somebody what is said of their health.
create table disclosure_opinion (
    case_id text not null references disclosure_case (case_id),
    n integer not null,
    finding text not null,
    given date not null,
    sealed bytea not null,
    primary key (case_id, n)
);
comment on table disclosure_opinion is 'owner: lanyard.governance.disclosure; retention: as the case';

-- Each look: at metadata, or into what was sealed. Participants learn of it by the room and the span.
create table disclosure_search (
    search_id text primary key,
    case_id text not null references disclosure_case (case_id),
    organization text not null,
    ts bigint not null,
    by_user text not null,
    what text not null check (what in ('metadata', 'content')),
    hits bigint not null,
    sealed bytea not null,
    noticed_by text,
    noticed_ts bigint
);
create index disclosure_search_of on disclosure_search (case_id, ts);
create index disclosure_search_unnoticed on disclosure_search (organization, ts) where what = 'content' and noticed_ts is null;
comment on table disclosure_search is 'owner: lanyard.governance.disclosure; retention: three years, so that participants can see it';

create table disclosure_search_room (
    search_id text not null references disclosure_search (search_id),
    room_id text not null,
    from_ts bigint not null,
    to_ts bigint not null,
    primary key (search_id, room_id, from_ts)
);
create index disclosure_search_room_of on disclosure_search_room (room_id);
comment on table disclosure_search_room is 'owner: lanyard.governance.disclosure; retention: as the search';

-- Looking without telling: three people, at most 28 days, once in a case.
create table disclosure_covert (
    case_id text primary key references disclosure_case (case_id),
    asked_by text not null,
    asked_ts bigint not null,
    grounds bytea not null,
    advised_by text,
    advised_ts bigint,
    advice bytea,
    approved_by text,
    approved_ts bigint,
    until_ts bigint
);
comment on table disclosure_covert is 'owner: lanyard.governance.disclosure; retention: as the case';
