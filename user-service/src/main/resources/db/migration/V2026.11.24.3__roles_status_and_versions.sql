alter table users
	add role    text   not null default 'USER' check (role in ('USER', 'ADMIN')),
	add status  text   not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
	-- Grows with every change of what is shown of the user, the available credit included.
	add version bigint not null default 0;
