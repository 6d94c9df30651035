-- Two accounts of one person are known by a number of theirs. How it is spelt says nothing; and what stands in the field
-- for want of a number tells nobody apart: with "N/A" strangers would be one person, and no two of them could approve.

-- The letters and digits of a number without leading zeros; null when it is none.
create function number_that_tells(said text) returns text
    language sql immutable parallel safe
    return case
        when ltrim(regexp_replace(lower(said), '[^0-9a-z]', '', 'g'), '0') = any (array[
            '', 'x', 'xx', 'na', 'nil', 'no', 'none', 'nonumber', 'null', 'undefined', 'blank', 'empty', 'missing',
            'unknown', 'unk', 'notknown', 'notavailable', 'notapplicable', 'notregistered', 'unregistered',
            'noregistration', 'tba', 'tbc', 'tbd', 'tobeconfirmed', 'pending', 'awaiting', 'awaited', 'applied',
            'new', 'newstarter', 'starter', 'test', 'dummy', 'default', 'temp', 'temporary', 'agency', 'bank', 'locum',
            'student', 'contractor', 'external', 'visitor', 'honorary', 'volunteer', 'dim', 'anhysbys',
            '12345', '123456', '1234567', '12345678', '123456789', '1234567890']) then null
        when regexp_replace(lower(said), '[^0-9a-z]', '', 'g') ~ '^(.)\1{2,}$' then null
        else ltrim(regexp_replace(lower(said), '[^0-9a-z]', '', 'g'), '0')
    end;

drop index person_register_entry;
drop index person_staff_number;
alter table person
    add column register_key text generated always as (number_that_tells(registration)) stored,
    add column staff_key text generated always as (number_that_tells(staff_number)) stored;
comment on column person.register_key is 'the registration as accounts are compared by it; null when it tells nobody apart';
comment on column person.staff_key is 'the staff number as accounts are compared by it; null when it tells nobody apart';
create index person_register_key on person (register_key) where register_key is not null;
create index person_staff_key on person (organization, staff_key) where staff_key is not null;
