-- A picture that a decision takes into the record: a copy, decrypted by who signs, sealed here until the record has it.
create table decision_image (
    image_id text primary key,
    media_id text not null,
    room_id text not null,
    author text not null,
    blob text,
    content_type text not null,
    bytes bigint not null,
    sha256 bytea not null,
    uploaded_ts bigint not null,
    decision_id text references decision (id) deferrable initially deferred,
    document bytea,
    reference text
);
comment on table decision_image is 'owner: lanyard.governance.carerecord; retention: the copy until the record has it, a day when nobody signs for it; the line as long as the decision';
create index decision_image_of_decision on decision_image (decision_id) where decision_id is not null;
create index decision_image_unsigned on decision_image (uploaded_ts) where decision_id is null;
create index decision_image_kept on decision_image (image_id) where blob is not null and reference is not null;
