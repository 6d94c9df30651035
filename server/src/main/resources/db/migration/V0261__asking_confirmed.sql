-- The second person confirms what they have read, and nothing that was asked anew since.
alter table factor_reset add column asking text;
update factor_reset set asking = gen_random_uuid()::text;
alter table factor_reset alter column asking set not null;
