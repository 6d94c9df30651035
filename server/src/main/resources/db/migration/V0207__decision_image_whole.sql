-- The line of a picture comes before its copy, so that no copy is without a line.

alter table decision_image add column whole boolean not null default true;
comment on column decision_image.whole is 'the copy is there; who signs finds none that is not';
