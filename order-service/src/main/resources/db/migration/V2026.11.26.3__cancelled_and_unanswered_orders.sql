alter table orders
	drop constraint orders_status_check,
	add constraint orders_status_check check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
	-- When user-service is asked again if it has not answered by then; null when there is no answer to wait for.
	add ask_again_at timestamptz;

update orders set ask_again_at = updated_at where status = 'PENDING';

-- Few rows at any time.
create index orders_unanswered on orders (ask_again_at) where ask_again_at is not null;

-- A user's orders of one status, and of a time.
create index orders_of_user_by_status on orders (user_id, status, id desc);
create index orders_of_user_by_time on orders (user_id, created_at);
