-- Events that this service has to send: written with what they tell of, marked when the
-- broker has acknowledged them.
create table outbox (
	id           bigint generated always as identity primary key,
	event_id     uuid        not null unique,
	topic        text        not null,
	message_key  text        not null,
	type         text        not null,
	data         text        not null,
	traceparent  text,
	occurred_at  timestamptz not null,
	published_at timestamptz
);

create index outbox_unpublished on outbox (id) where published_at is null;

-- Events that this service has applied.
create table inbox (
	consumer     text        not null,
	event_id     uuid        not null,
	processed_at timestamptz not null,
	primary key (consumer, event_id)
);
