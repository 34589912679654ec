-- The last answer to what was asked about an order: given again when the question comes again, and what makes an order
-- that was cancelled stay without a reservation, whatever comes late.
create table credit_answer (
	order_id    bigint primary key,
	user_id     bigint         not null, -- of whom there may be no account
	outcome     text           not null check (outcome in ('RESERVED', 'REFUSED', 'RELEASED')),
	-- What is reserved, was refused, or was given back; nothing, if there was nothing to give back.
	amount      numeric(19, 2) not null check (amount > 0 or outcome = 'RELEASED' and amount = 0),
	available   numeric(19, 2) not null, -- to the user, after it
	reason      text,
	answered_at timestamptz    not null
);

-- What was available then is not known any more.
insert into credit_answer (order_id, user_id, outcome, amount, available, answered_at)
select order_id, user_id, 'RESERVED', amount, credit_available, reserved_at
from reservation join users on users.id = reservation.user_id;

drop table reservation;

create index credit_reserved_of_user on credit_answer (user_id) where outcome = 'RESERVED';

-- Invariant, after every transaction and for every user:
-- credit_limit = credit_available + sum of the reservations.
create view reservation as
select order_id, user_id, amount, answered_at as reserved_at from credit_answer where outcome = 'RESERVED';
