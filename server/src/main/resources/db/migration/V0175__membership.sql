-- Who is in a conversation and why, and when that was last looked at.
alter table conversation add column deputy text;
alter table conversation add column standing text not null default 'current'
    check (standing in ('current', 'reminded', 'due', 'urgent_only', 'archived'));
create index conversation_to_review on conversation (review_ts) where standing <> 'archived';
comment on column conversation.standing is 'how far the review of its membership is behind';

create table room_member (
    room_id  text   not null,
    user_id  text   not null,
    added_by text   not null,
    added_ts bigint not null,
    reason   text   not null,
    way      text   not null check (way in ('one', 'ward', 'rota')),
    ward     text   not null,
    until_ts bigint,
    sponsor  text,
    primary key (room_id, user_id)
);
create index room_member_ending on room_member (until_ts) where until_ts is not null;
create index room_member_by_ward on room_member (user_id, room_id) where way = 'ward';
comment on table room_member is 'owner: lanyard.messaging.membership; retention: until the membership ends';
comment on column room_member.ward is 'by whose rule, where way is ward: who moves to another ward leaves';

create table membership_review (
    room_id     text     not null,
    request     text     not null,
    reviewed_ts bigint   not null,
    reviewer    text     not null,
    kept        text[]   not null,
    removed     text[]   not null,
    primary key (room_id, request)
);
create index membership_review_newest on membership_review (room_id, reviewed_ts desc);
comment on table membership_review is 'owner: lanyard.messaging.membership; retention: as its room';
