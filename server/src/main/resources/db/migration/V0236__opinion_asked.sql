-- A health professional who is asked for an opinion: the question and the passages it is about, until it is given.
create table disclosure_opinion_asked (
    case_id text not null references disclosure_case (case_id),
    person text not null,
    asked_by text not null,
    asked_ts bigint not null,
    sealed bytea not null,
    primary key (case_id, person)
);
create index disclosure_opinion_asked_person on disclosure_opinion_asked (person);
comment on table disclosure_opinion_asked is 'owner: lanyard.governance.disclosure; retention: until the opinion is given, at the longest as the case';

-- Who entered it: the professional (own), or whoever works on the case, from paper.
alter table disclosure_opinion add column by_user text not null default '';
alter table disclosure_opinion add column own boolean not null default false;
