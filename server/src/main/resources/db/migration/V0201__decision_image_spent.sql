-- Copies that are still there, among all lines of pictures that ever went to the record.
drop index decision_image_kept;
create index decision_image_there on decision_image (image_id) where blob is not null;
