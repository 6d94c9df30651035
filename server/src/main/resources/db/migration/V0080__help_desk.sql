-- Who may stop a colleague's lost phone; what is known of each phone and how.

alter table person add column help_desk boolean not null default false;
comment on column person.help_desk is 'may lock and wipe a colleague''s lost phone; reads nobody''s messages';

create table handset_fact (
    handset_id text        not null references handset (handset_id) on delete cascade,
    fact       text        not null,
    provenance text        not null check (provenance in ('attested', 'asserted', 'self_reported')),
    value      text        not null,
    at         timestamptz not null,
    primary key (handset_id, fact, provenance)
);
comment on table handset_fact is 'owner: lanyard.trust.handset; retention: with its handset';
