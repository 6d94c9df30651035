-- Who has told two people with near names apart, and photos of staff.

create table told_apart (
    chooser text        not null,
    chosen  text        not null,
    other   text        not null,
    told_at timestamptz not null,
    primary key (chooser, chosen, other)
);
comment on table told_apart is 'owner: lanyard.messaging.directory; retention: a week, after which the question is asked again';

create table person_photo (
    user_id      text        primary key references person (user_id),
    version      bigint      not null,
    content_type text        not null,
    photo        bytea       not null,
    set_by       text        not null,
    set_at       timestamptz not null
);
comment on table person_photo is 'owner: lanyard.messaging.directory; retention: until replaced, taken away, or its person''s account ends';
