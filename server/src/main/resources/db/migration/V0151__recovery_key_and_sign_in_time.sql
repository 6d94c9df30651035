-- Recovery codes of people without one-time codes; and when a chain of login tokens began.

alter table person add column recovery_key text;
comment on column person.recovery_key is 'the key store''s name of the key that their recovery codes are hashed with; empty for codes that hang on the secret of the one-time codes';

alter table login_token add column passed_at timestamptz;
comment on column login_token.passed_at is 'when both steps were passed that this token, and those before it on the same page, come of; empty for one just made';
