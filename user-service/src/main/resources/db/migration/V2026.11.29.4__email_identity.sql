-- Caseless text: Unicode's NFKC_Casefold, by which identifiers are compared without case, compatibility variants, the order
-- of combining characters and characters that nothing shows (Default_Ignorable_Code_Point and the other format characters).
create function caseless(original text) returns text language sql immutable strict parallel safe
return normalize(casefold(normalize(casefold(normalize(regexp_replace(original,
	'[\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
	'', 'g'), NFD) collate pg_unicode_fast), NFKC) collate pg_unicode_fast), NFKC);

-- The Unicode form of what follows "xn--" in a label of a domain (RFC 3492, sections 5 and 6.2); null if it has none.
create function from_punycode(encoded text) returns text language plpgsql immutable strict parallel safe as $$
declare
	digits   text   := substring(encoded from '[^-]*$');
	decoded  text   := coalesce(substring(encoded from '^(.*)-[^-]*$'), '');
	place    int    := 1;
	point    bigint := 128;
	inserted bigint := 0;
	bias     bigint := 72;
	before   bigint;
	weight   bigint;
	digit    bigint;
	step     bigint;
	least_of bigint;
	delta    bigint;
begin
	if digits = '' then
		return null;
	end if;
	while place <= length(digits) loop
		before := inserted;
		weight := 1;
		step := 36;
		loop
			digit := position(substr(digits, place, 1) in 'abcdefghijklmnopqrstuvwxyz0123456789') - 1;
			if place > length(digits) or digit < 0 or weight > 2147483647 then
				return null;
			end if;
			place := place + 1;
			inserted := inserted + digit * weight;
			least_of := least(greatest(step - bias, 1), 26);
			exit when digit < least_of;
			weight := weight * (36 - least_of);
			step := step + 36;
		end loop;
		delta := (inserted - before) / case when before = 0 then 700 else 2 end;
		delta := delta + delta / (length(decoded) + 1);
		bias := 0;
		while delta > 455 loop
			delta := delta / 35;
			bias := bias + 36;
		end loop;
		bias := bias + 36 * delta / (delta + 38);
		point := point + inserted / (length(decoded) + 1);
		inserted := inserted % (length(decoded) + 1);
		if point > 1114111 or point between 55296 and 57343 then
			return null;
		end if;
		decoded := left(decoded, inserted::int) || chr(point::int) || substr(decoded, inserted::int + 1);
		inserted := inserted + 1;
	end loop;
	return decoded;
end $$;

-- A domain: without case, each label in Unicode however it was written, without the dot of the root.
create function caseless_domain(domain text) returns text language sql immutable strict parallel safe
return (select string_agg(case when label like 'xn--%' then coalesce(caseless(from_punycode(substr(label, 5))), label)
		else label end, '.' order by place)
	from string_to_table(rtrim(translate(caseless(domain), U&'\3002', '.'), '.'), '.') with ordinality labels (label, place));

-- What all spellings of one e-mail address have in common. A local part means the same with quotes (RFC 5321, 4.1.2).
create function identity_of_email(email text) returns text language sql immutable strict parallel safe
return caseless(regexp_replace(regexp_replace(email, '@[^@]*$', ''), '\\(.)|"', '\1', 'g'))
	|| coalesce('@' || caseless_domain(substring(email from '@([^@]*)$')), '');

-- A table of its own: instances of the release before read users with "select *".
create table email_identity (
	user_id  bigint primary key,
	identity text    not null,
	-- Of an account whose address has been another spelling of an older account's address since before this table.
	shared   boolean not null default false
);

create index email_identity_of on email_identity (identity);

-- The database decides between registrations at the same moment, of instances of this release and of the one before.
create unique index email_identity_taken on email_identity (identity) where not shared;

create function keep_email_identity() returns trigger language plpgsql as $$
begin
	insert into email_identity (user_id, identity) values (new.id, identity_of_email(new.email))
	on conflict (user_id) do update set identity = excluded.identity, shared = false;
	return null;
exception when unique_violation then
	-- To clients it is the same as the same address in lower case, so it has one name.
	raise unique_violation using
		message = 'another spelling of the e-mail address has an account', constraint = 'users_email_taken';
end $$;

create trigger email_identity_of_new after insert on users
for each row execute function keep_email_identity();

create trigger email_identity_of_changed after update of email on users
for each row when (old.email is distinct from new.email) execute function keep_email_identity();
