-- An event that cannot be sent, whatever the state of the broker, is tried a few times and then parked: it and the
-- later events of its key wait until somebody decides. See docs/outbox.md.
alter table outbox
	add attempts   integer not null default 0,
	add retry_at   timestamptz,
	add parked_at  timestamptz,
	add last_error text;

create index outbox_failed on outbox (message_key) where attempts > 0 and published_at is null;

-- What is old is deleted in the order of its age.
create index outbox_published on outbox (published_at) where published_at is not null;
create index inbox_processed on inbox (processed_at);
