-- What a shopper means to buy, before anything is promised. One cart an account.
create schema cart;

create table cart.cart (
  account_id text primary key,
  -- Moves with every change, so that a client can say which cart it meant (If-Match).
  version bigint not null default 0,
  updated_at timestamptz not null default now()
);

create table cart.item (
  item_id text primary key,
  account_id text not null references cart.cart,
  variant_id text not null references catalog.variant,
  quantity int not null check (quantity between 1 and 99),
  -- The price the shopper last saw: only to tell them that it moved, never to charge.
  seen_price_minor bigint not null check (seen_price_minor >= 0),
  added_at timestamptz not null default now(),
  unique (account_id, variant_id)
);
create index item_variant on cart.item (variant_id);

-- Takes out exactly what was bought (O6): what the shopper added meanwhile stays.
create function cart.remove_bought_1(p_account_id text, p_variant_ids text[], p_quantities int[])
returns void
language plpgsql as $$
begin
  perform 1 from cart.cart c where c.account_id = p_account_id for update;
  if not found then return; end if;

  delete from cart.item i
  using unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity <= bought.quantity;

  update cart.item i set quantity = i.quantity - bought.quantity
  from unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity > bought.quantity;

  update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id;
end $$;
