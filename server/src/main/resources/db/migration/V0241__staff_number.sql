-- Most of an information governance office is in no professional register.
alter table person add column staff_number text not null default '';
comment on column person.staff_number is 'the directory''s own number of the person, to know two accounts of one; shown to nobody';
create index person_staff_number on person (organization, staff_number) where staff_number <> '';
