-- That a message is health data about the person who asks, as who reviews it has found.
alter table review_note drop constraint review_note_kind_check;
alter table review_note add constraint review_note_kind_check
    check (kind in ('withholding', 'reviewed', 'known', 'health', 'fetched'));
