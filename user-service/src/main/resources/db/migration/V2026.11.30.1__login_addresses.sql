-- The addresses from which users have logged in: logins from there are not refused because of failures elsewhere.
create table login_addresses (
	user_id       bigint      not null, -- no foreign key: its check would wait for a change of the user
	address_hash  bytea       not null, -- the SHA-256 of the user's id and the address
	last_login_at timestamptz not null,
	primary key (user_id, address_hash)
);

create index login_addresses_by_time on login_addresses (last_login_at);
