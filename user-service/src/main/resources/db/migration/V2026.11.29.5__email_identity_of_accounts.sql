-- After the triggers, in a transaction of its own: new accounts do not wait for this.
-- The oldest account with an address has its identity ...
insert into email_identity (user_id, identity)
select id, identity_of_email(email) from users order by id
on conflict do nothing;

-- ... and the others share it: each is found by the address that it has, as before.
insert into email_identity (user_id, identity, shared)
select id, identity_of_email(email), true from users
where not exists (select from email_identity where user_id = id)
on conflict (user_id) do nothing;

alter table email_identity add foreign key (user_id) references users on delete cascade;
