-- Ending a room destroys nothing any more: what was being purged has lost its people, and is ended.
update room_deletion set status = 'complete' where status = 'purging';
