create table users (
	id               bigint generated always as identity primary key,
	name             text           not null,
	email            text           not null,
	email_key        text           not null constraint users_email_taken unique, -- the e-mail without case
	password_hash    text           not null,
	credit_limit     numeric(19, 2) not null check (credit_limit >= 0),
	credit_available numeric(19, 2) not null check (credit_available between 0 and credit_limit),
	created_at       timestamptz    not null
);

-- Invariant, after every transaction and for every user:
-- credit_limit = credit_available + sum of the reservations.
create table reservation (
	order_id    bigint primary key,
	user_id     bigint         not null references users,
	amount      numeric(19, 2) not null check (amount > 0),
	reserved_at timestamptz    not null
);

create index reservation_of_user on reservation (user_id);

-- The keys that sign tokens; the private half only encrypted.
create table signing_key (
	kid                   text primary key,
	public_jwk            text        not null,
	encrypted_private_jwk bytea       not null,
	created_at            timestamptz not null
);
