-- Devices that keep the keys of what they send from the custodian: they said so (a code of m.room_key.withheld), or they
-- speak and have never sent it anything (no_mail). `room` is empty where they said so of every room.
create table custodian_withheld (
    organization text not null,
    user_id text not null,
    device_id text not null,
    room text not null,
    code text not null,
    first_ts bigint not null,
    mended_ts bigint,
    primary key (organization, user_id, device_id, room)
);
comment on table custodian_withheld is 'owner: lanyard.governance.custodian; retention: as long as the device';
