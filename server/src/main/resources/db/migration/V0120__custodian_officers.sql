-- Who holds which share of a ceremony. `commitment` is the hash of the share, which is random: it says whether a share is
-- the right one and nothing else; null for ceremonies from before this table.
create table custodian_officer (
    organization text not null,
    ceremony text not null references custodian_identity (ceremony),
    officer integer not null check (officer between 1 and 9),
    name text not null,
    commitment text,
    person text,
    taken_ts bigint,
    retired_ts bigint,
    primary key (ceremony, officer),
    unique (ceremony, person)
);
comment on table custodian_officer is 'owner: lanyard.governance.custodian; retention: as custodian_identity';

insert into custodian_officer (organization, ceremony, officer, name)
select organization, ceremony, officer, 'Officer ' || officer
from custodian_identity cross join generate_series(1, 3) as officer;
