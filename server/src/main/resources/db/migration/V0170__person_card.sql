-- Whom people work for, their bleep, and when the organisation last confirmed them.

alter table person add column employer_ods text not null default '';
alter table person add column employer text not null default '';
alter table person add column bleep text not null default '';
alter table person add column confirmed_at timestamptz;
update person set confirmed_at = created_at;
alter table person alter column confirmed_at set not null;
comment on column person.employer_ods is 'ODS code of the employer where that is not the organisation itself; stored as it was given';
comment on column person.confirmed_at is 'when the organisation last said that this person works here';
