-- A question to a health professional that was withdrawn: who was asked stays, what they were shown goes.
alter table disclosure_opinion_asked add column withdrawn_ts bigint;
alter table disclosure_opinion_asked alter column sealed drop not null;
alter table disclosure_opinion_asked add constraint disclosure_opinion_asked_shown
    check ((withdrawn_ts is null) = (sealed is not null));
comment on table disclosure_opinion_asked is 'owner: lanyard.governance.disclosure; retention: until the opinion is given, at the longest as the case; the question until it is withdrawn';
