-- What was chosen from an unsealing, and what is done with it. All words are sealed under the case's own key.

create table review_item (
    case_id  text   not null,
    event_id text   not null,
    room_id  text   not null,
    ts       bigint not null,
    blob     text,
    sealed   bytea  not null,
    taken_ts bigint not null,
    primary key (case_id, event_id)
);
comment on table review_item is 'owner: lanyard.governance.review; retention: with its case, then destroyed';

create table review_note (
    case_id      text   not null,
    note_id      text   not null,
    kind         text   not null check (kind in ('withholding', 'reviewed', 'known', 'fetched')),
    made_by      text   not null,
    made_ts      bigint not null,
    withdrawn_ts bigint,
    sealed       bytea  not null,
    primary key (case_id, note_id)
);
comment on table review_note is 'owner: lanyard.governance.review; retention: with its case, then destroyed';

create table review_pack (
    case_id text   not null,
    number  int    not null,
    blob    text   not null,
    sha256  text   not null,
    bytes   bigint not null,
    made_by text   not null,
    made_ts bigint not null,
    primary key (case_id, number)
);
comment on table review_pack is 'owner: lanyard.governance.review; retention: with its case, then destroyed';
