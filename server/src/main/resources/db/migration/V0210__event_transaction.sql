-- A transaction's key says which device it is of, so the index needs neither sender nor device beside it.
drop index event_by_transaction;
update event set txn =
    substr(sha256(convert_to(sender, 'UTF8') || '\x00'::bytea || convert_to(device, 'UTF8')), 1, 8) || substr(txn, 1, 8)
    where txn is not null;
create unique index event_by_transaction on event (txn) where txn is not null;
