-- Who holds which duty of information governance. Administrators and the help desk are columns of person.

create table person_duty (
    user_id  text        not null references person (user_id) on delete cascade,
    duty     text        not null,
    given_by text        not null,
    given_at timestamptz not null,
    primary key (user_id, duty)
);
create index person_duty_holders on person_duty (duty);
comment on table person_duty is 'owner: lanyard.trust.identity; retention: until the duty is taken away or the person leaves';
