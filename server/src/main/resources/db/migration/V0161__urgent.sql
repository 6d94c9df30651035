-- What is urgent: who was asked, how far it has got. What is said is an encrypted message and not here.
create table urgent (
    urgent_id text primary key,
    organization text not null,
    room_id text not null,
    sender text not null,
    request_id text not null,
    broadcast boolean not null,
    event_id text,
    event_seq bigint,
    sent_ts bigint not null,
    reply_minutes integer not null,
    state text not null check (state in ('waiting', 'acknowledged', 'escalated', 'unanswered', 'ended')),
    step integer not null,
    due_ts bigint not null,
    next_alert_ts bigint,
    unique (sender, request_id)
);
comment on table urgent is 'owner: lanyard.messaging.urgent; retention: thirty days';
create index urgent_open on urgent (urgent_id) where not broadcast and state in ('waiting', 'escalated', 'unanswered');
create index urgent_sent on urgent (sender, sent_ts);
create index urgent_old on urgent (sent_ts);

-- The steps that were taken: the people or the role that was asked first, then the roles that came after. lead: nobody
-- had answered, and those who answer for the role were told.
create table urgent_step (
    urgent_id text not null references urgent (urgent_id) on delete cascade,
    step integer not null,
    role_id text,
    role_name text,
    lead boolean not null,
    due_ts bigint not null,
    primary key (urgent_id, step)
);
comment on table urgent_step is 'owner: lanyard.messaging.urgent; retention: thirty days';

-- quiet: off duty, and somebody covers who was asked too.
create table urgent_person (
    urgent_id text not null references urgent (urgent_id) on delete cascade,
    user_id text not null,
    step integer not null,
    quiet boolean not null,
    delivered_ts bigint,
    seen_ts bigint,
    answer text check (answer in ('acknowledged', 'on_my_way', 'cannot')),
    answered_ts bigint,
    passed_to text,
    primary key (urgent_id, user_id)
);
comment on table urgent_person is 'owner: lanyard.messaging.urgent; retention: thirty days';
create index urgent_person_user on urgent_person (user_id);
