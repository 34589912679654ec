create table orders (
	id         bigint generated always as identity primary key,
	user_id    bigint         not null,
	product    text           not null,
	amount     numeric(19, 2) not null check (amount > 0),
	status     text           not null check (status in ('PENDING', 'CONFIRMED', 'REJECTED')),
	reason     text,
	created_at timestamptz    not null,
	updated_at timestamptz    not null
);

-- A user's orders, newest first, page by page.
create index orders_of_user on orders (user_id, id desc);
