-- Signed policy documents, every version of every organisation; the highest version counts.
create table policy_document (
    organization text not null,
    version int not null check (version > 0),
    document bytea not null,
    primary key (organization, version)
);
comment on table policy_document is 'owner: lanyard.trust.policy; retention: for ever, no personal data but who changed it';
