-- Answers to requests that came with an Idempotency-Key, each written in the transaction of
-- the request's effect.
create table idempotency_keys (
	user_id     bigint      not null,
	route       text        not null, -- as in POST /orders/{id}/cancel
	key         text        not null,
	fingerprint text        not null, -- SHA-256 of the request
	status      smallint,             -- this and the next two: null only inside that transaction
	headers     text,                 -- JSON
	body        text,
	given       boolean     not null, -- then the answer is final
	created_at  timestamptz not null,
	primary key (user_id, route, key)
);

-- What is to be deleted, oldest first.
create index idempotency_keys_by_age on idempotency_keys (created_at);
