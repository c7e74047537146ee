-- Whether the signed-in role is answerable for a case: an advocate's own, or one it covers for a colleague today.
-- Asked of one case at a time, so that opening a page costs the same in a practice with ten cases or ten thousand.
create function answers_for(k bigint) returns boolean
language plpgsql stable security definer set search_path = workbook, pg_temp as $$
begin
    return exists (
        select 1 from assignments a join people p on p.role = a.role
        where a.case_key = k and a.role = session_user and p.kind = 'advocate'
    ) or exists (
        select 1 from covers c join assignments a on a.role = c.role and a.case_key = k
            join people giver on giver.role = a.role join people me on me.role = c.by_role
        where c.by_role = session_user and current_date between c.first and c.last
            and giver.kind = 'advocate' and me.kind = 'advocate'
    );
end $$;

-- Whether it may see the case: also one that is shared with a team of it, or the one it is the client of.
create function sees(k bigint) returns boolean
language plpgsql stable security definer set search_path = workbook, pg_temp as $$
begin
    return exists (
        select 1 from assignments a join people p on p.role = a.role where a.case_key = k and a.role = session_user
    ) or exists (
        select 1 from shares s join members m on m.team = s.team join people p on p.role = m.role
        where s.case_key = k and m.role = session_user and p.kind = 'advocate'
    ) or answers_for(k);
end $$;

alter table cases enable row level security;
alter table cases force row level security;
create policy seen on cases for select using (sees(key));
create policy added on cases for insert with check (home = session_user);
create policy changed on cases for update
    using (sees(key)) with check (sees(key));
create policy erased on cases for delete using (answers_for(key));

alter table own_parts enable row level security;
alter table own_parts force row level security;
create policy mine on own_parts using (role = session_user and sees(case_key))
    with check (role = session_user and sees(case_key));

alter table history enable row level security;
alter table history force row level security;
create policy seen on history using (sees(case_id) and (only_for is null or only_for = session_user))
    with check (sees(case_id) and (only_for is null or only_for = session_user));

alter table derived enable row level security;
alter table derived force row level security;
create policy mine on derived using (role = session_user and sees(case_key))
    with check (role = session_user and sees(case_key));

alter table offers enable row level security;
create policy between_two on offers for select using (session_user in (from_role, to_role));

-- A body is read through these two only, so that no reading goes unnoticed.
create function open_case(wanted text, to_change boolean default false)
returns table (key bigint, version bigint, body text, own text)
language plpgsql security definer set search_path = workbook, pg_temp as $$
declare found cases%rowtype;
begin
    if to_change then
        select c.* into found from cases c where c.id = wanted
            order by exists (select 1 from assignments a where a.case_key = c.key and a.role = session_user) desc, c.key
            limit 1 for update;
    else
        select c.* into found from cases c where c.id = wanted
            order by exists (select 1 from assignments a where a.case_key = c.key and a.role = session_user) desc, c.key
            limit 1;
    end if;
    if found.key is null then
        return;
    end if;
    perform note('opened', found.key, found.id);
    return query select found.key, found.version, found.body,
        (select o.body from own_parts o where o.case_key = found.key and o.role = session_user);
end $$;

create function all_cases() returns table (id text, version bigint, body text, own text)
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    perform note('listed', null, null);
    return query select c.id, c.version, c.body, o.body
        from cases c left join own_parts o on o.case_key = c.key and o.role = session_user order by c.key;
end $$;

create function add_case(
    new_id text, new_nickname text, new_mode text, is_synthetic boolean, new_state text, now text, new_body text, new_own text
) returns bigint language plpgsql security definer set search_path = workbook, pg_temp as $$
declare
    made bigint := nextval(pg_get_serial_sequence('workbook.cases', 'key'));
begin
    if not exists (select 1 from people p where p.role = session_user and p.kind = 'advocate') then
        raise exception 'Only an advocate can start a workbook here.' using errcode = 'insufficient_privilege';
    end if;
    insert into cases (key, id, home, version, nickname, mode, synthetic, state, updated, body) overriding system value
        values (made, new_id, session_user, 1, new_nickname, new_mode, is_synthetic, new_state, now, new_body);
    insert into assignments (case_key, role) values (made, session_user);
    if new_own <> '' then
        insert into own_parts (case_key, role, body) values (made, session_user, new_own);
    end if;
    perform note('created', made, new_id);
    return made;
end $$;

create function case_changed() returns trigger
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    delete from derived where case_key = new.key;
    perform pg_notify(new.channel, new.version::text);
    return null;
end $$;
create trigger case_changed after update on cases for each row execute function case_changed();

create function case_erased() returns trigger
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    perform note('erased', old.key, old.id);
    perform pg_notify(old.channel, '0');
    return old;
end $$;
create trigger case_erased before delete on cases for each row execute function case_erased();

create function history_written() returns trigger
language plpgsql security definer set search_path = workbook, pg_temp as $$
begin
    if new.writer not like '#%' then
        perform note('changed', new.case_id, (select c.id from cases c where c.key = new.case_id),
            array(select distinct d ->> 'path' from json_array_elements(new.deltas::json) d));
    end if;
    return null;
end $$;
create trigger history_written after insert or update on history for each row execute function history_written();
