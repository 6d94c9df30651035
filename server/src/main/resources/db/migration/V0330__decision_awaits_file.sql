-- The messages of a decision stay while one of them may carry a file that the record does not have.

alter table decision add column awaits_file boolean not null default false;
