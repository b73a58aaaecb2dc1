-- name: p4CredentialsSealed :many
-- P4 at every moment: a stored credential has the shape of a sealed one: its key wrapped, its text no text, the master key named by digest.
-- AES-256-GCM adds a nonce of 12 bytes and a tag of 16: a wrapped key is 60 bytes. What has no byte above ASCII is no cipher text.
select c.store_id || ' ' || c.purpose as subject,
  format('wrapped key of %s bytes, sealed %s bytes, master key %L', length(c.wrapped_key), length(c.sealed), c.master_key_id) as detail
from store.credential c
where length(c.wrapped_key) <> 60 or length(c.sealed) < 29 or c.master_key_id !~ '^[0-9a-f]{16}$'
  or encode(c.sealed, 'escape') !~ '\\[2-3][0-7]{2}' or encode(c.wrapped_key, 'escape') !~ '\\[2-3][0-7]{2}';
