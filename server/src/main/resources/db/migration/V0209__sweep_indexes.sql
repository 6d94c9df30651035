-- What is swept each hour, and a list in the order in which it is shown.

create index told_apart_told on told_apart (told_at);
create index broken_glass_shown on broken_glass (organization, (looked_by is not null), at desc);
