-- Tokens that are bound to a key (RFC 9449): whoever shows one must sign with it.

alter table device add column key_thumbprint text;
comment on column device.key_thumbprint is 'RFC 7638 thumbprint of the key that its tokens are bound to; empty for bearer tokens';

alter table authorization_code add column key_thumbprint text;
comment on column authorization_code.key_thumbprint is 'the key that alone may exchange the code, where the app named one';
