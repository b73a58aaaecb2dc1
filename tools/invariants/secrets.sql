-- name: p4CredentialsSealed :many
-- P4 at every moment: a stored credential has the shape of a sealed one: its key wrapped, its text no text, the master key named by digest.
-- AES-256-GCM adds a nonce of 12 bytes and a tag of 16: a wrapped key is 60 bytes. What has no byte above ASCII is no cipher text.
select c.store_id || ' ' || c.purpose as subject,
  format('wrapped key of %s bytes, sealed %s bytes, master key %L', length(c.wrapped_key), length(c.sealed), c.master_key_id) as detail
from store.credential c
where length(c.wrapped_key) <> 60 or length(c.sealed) < 29 or c.master_key_id !~ '^[0-9a-f]{16}$'
  or encode(c.sealed, 'escape') !~ '\\[2-3][0-7]{2}' or encode(c.wrapped_key, 'escape') !~ '\\[2-3][0-7]{2}';

-- name: p4RefundAccountsSealed :many
-- P4 at every moment: the account that a refund goes into is there, sealed, while it may have to be sent, and at no other time.
select a.refund_id as subject,
  format('of a refund that is %s: wrapped key of %s bytes, sealed %s bytes, master key %L', r.status, length(a.wrapped_key), length(a.sealed), a.master_key_id) as detail
from payment.refund_account a join payment.refund r using (refund_id)
where (a.sealed is not null) <> (r.status in ('created', 'unknown', 'pending'))
  or length(a.wrapped_key) <> 60 or length(a.sealed) < 29 or a.master_key_id !~ '^[0-9a-f]{16}$'
  or encode(a.sealed, 'escape') !~ '\\[2-3][0-7]{2}' or encode(a.wrapped_key, 'escape') !~ '\\[2-3][0-7]{2}';
