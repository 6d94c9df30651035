-- Somebody has lost everything that proves who they are: one colleague asks, another confirms.

create table factor_reset (
    user_id        text        not null primary key references person (user_id),
    asked_by       text        not null,
    identity_check text        not null,
    asked_at       timestamptz not null
);
comment on table factor_reset is 'owner: lanyard.trust.identity; retention: a day, or until it is confirmed or withdrawn';
